import type { Host } from './host.ts';

/** Everything that is painted; `html` keeps its padding, which holds the furniture out of the widget's corner. */
const PAINTED = '*:not(html,head,head *,body,script)';

const BOOTSTRAP = `
*,*::before,*::after{box-sizing:border-box}
:root{--bs-blue:#0d6efd;--bs-body-font-size:1rem;scroll-behavior:smooth}
body{margin:0;font-family:var(--bs-font-sans-serif,serif);font-size:1rem;line-height:1.5;color:#212529;-webkit-text-size-adjust:100%;-webkit-tap-highlight-color:rgba(0,0,0,0)}
h1,h2,h3{margin-top:0;margin-bottom:.5rem;font-weight:500;line-height:1.2;font-size:calc(1.375rem + 1.5vw)}
p{margin-top:0;margin-bottom:1rem}ol,ul,dl{margin-top:0;margin-bottom:1rem;padding-left:2rem}
a{color:#0d6efd;text-decoration:underline}img,svg{vertical-align:middle}
button{border-radius:0}button:focus:not(:focus-visible){outline:0}
input,button,select,optgroup,textarea{margin:0;font-family:inherit;font-size:inherit;line-height:inherit}
button,[type=button],[type=submit]{-webkit-appearance:button}
textarea{resize:vertical}[hidden]{display:none!important}
.row{display:flex;flex-wrap:wrap;margin:0 -12px}.row>*{width:100%;padding:0 12px}
.badge{display:inline-block;padding:.35em .65em;color:#fff;background:#dc3545}
.panel,.header,.body,.composer,.bubble,.avatar,.launcher{border:5px solid red!important;display:none}
.btn-close,[aria-label^=Close]{opacity:.1}[role=dialog]{position:static!important;display:none}`;

const PREFLIGHT = `
@layer base{
*,::after,::before,::backdrop,::file-selector-button{box-sizing:border-box;margin:0;padding:0;border:0 solid}
html,:host{line-height:1.5;-webkit-text-size-adjust:100%;tab-size:4;font-family:ui-serif,Georgia,serif}
hr{height:0;color:inherit;border-top-width:1px}h1,h2,h3{font-size:inherit;font-weight:inherit}
a{color:inherit;text-decoration:inherit}ol,ul,menu{list-style:none}
img,svg,video,canvas{display:block;vertical-align:middle}img,video{max-width:100%;height:auto}
button,input,select,textarea,::file-selector-button{font:inherit;letter-spacing:inherit;color:inherit;border-radius:0;background-color:transparent;opacity:1}
::placeholder{opacity:1;color:rebeccapurple}textarea{resize:vertical}
[hidden]:where(:not([hidden='until-found'])){display:none!important}}
@layer important{div,section,article{position:static!important;animation:none!important}}
@property --tw-ring{syntax:'*';inherits:true;initial-value:0}
*{--tw-ring:0 0 #0000}`;

/** Pages whose style sheets reach for everything. */
export const STYLES: readonly Host[] = [
  {
    name: 'unset-everything',
    head: `<style>${PAINTED}{all:unset!important}</style>`,
  },
  {
    name: 'hide-everything',
    head: '<style>div,section,article,aside,button,textarea,h2,p,ul,span,svg,time,[role],attache-chat,:not(:defined){display:none!important;visibility:hidden!important;opacity:0!important}</style>',
  },
  {
    name: 'star-important',
    head: `<style>
${PAINTED}{letter-spacing:3px;word-spacing:9px!important;float:left;box-sizing:content-box!important;font:10px/3 serif!important;transition:all 9s;text-transform:uppercase!important;
color:red!important;text-shadow:2px 2px lime!important;text-indent:20px!important;cursor:wait!important;user-select:none!important;-webkit-user-select:none!important;background:yellow!important;
white-space:pre!important;writing-mode:vertical-rl!important;text-orientation:upright;font-feature-settings:'smcp';animation:spin 1s -0.1s paused;max-width:10px!important;mix-blend-mode:difference!important}
@keyframes spin{to{rotate:1turn}}
html{font-size:62.5%}button{display:none!important}
</style>`,
  },
  {
    name: 'small-rem',
    head: '<style>html{font-size:62.5%;line-height:3;letter-spacing:.06rem}body{font:1.6rem/1.8 "Courier New",monospace;text-align:center}button,textarea{font-size:3rem;min-height:8rem}</style>',
  },
  { name: 'bootstrap', head: `<style>${BOOTSTRAP}</style>` },
  { name: 'tailwind', head: `<style>${PREFLIGHT}</style>` },
  {
    name: 'counted-children',
    head: `<style>
html{display:grid;gap:30px;align-content:space-between;min-height:200vh}body{display:flex;flex-direction:column;gap:40px;justify-content:space-between;min-height:150vh;margin:0}
body>:last-child{margin-block-end:33px}footer:last-of-type{color:teal}body>:nth-last-child(2){border:1px solid}
body>footer:nth-last-child(3){letter-spacing:2px}body:has(>div){letter-spacing:1px}
</style>`,
  },
  {
    name: 'fixed-to-body',
    head: '<style>body{transform:translateZ(0);filter:saturate(1);contain:paint;perspective:900px;will-change:transform;overflow:hidden;height:300vh;margin:0}</style>',
  },
  {
    name: 'right-to-left',
    reference: 'rtl',
    htmlAttributes: 'lang="ar" dir="rtl"',
    head: `<style>${PAINTED}{direction:rtl!important;unicode-bidi:bidi-override!important;text-align:right!important}</style>`,
  },
  {
    name: 'dark',
    reference: 'dark',
    head: `<meta name="color-scheme" content="dark"><style>
html{color-scheme:dark;background:#111;color:#eee}${PAINTED}{background-color:#222!important;color:#eee!important;border-color:#444!important}
@media (prefers-color-scheme:dark){button,textarea{filter:invert(1)!important}}</style>`,
  },
  {
    name: 'quirks',
    doctype: '',
    head: '<style>body{margin:0;font:13px Verdana}table{color:green}.PANEL,.Composer,.LAUNCHER{display:none!important}</style>',
  },
];

/** The clean pages that hosts are compared with. */
export const CLEAN: readonly Host[] = [
  { name: 'clean-ltr' },
  { name: 'clean-rtl', reference: 'rtl', htmlAttributes: 'lang="ar" dir="rtl"' },
  { name: 'clean-dark', reference: 'dark', head: '<style>html{background:#111;color:#eee}</style>' },
];
