import banner from './Banner/banner.css?inline';
import base from './base.css?inline';
import composer from './Composer/composer.css?inline';
import header from './Header/header.css?inline';
import launcher from './launcher.css?inline';
import welcome from './Welcome/welcome.css?inline';

/** The CSS of what opens; colours are `themeText`, and the views bring their own (`css` of views.tsx). */
export const sheetText: string = [launcher, base, header, banner, welcome, composer].join('\n');
