/** Where the loader finds the widget's entry, relative to the loader's own address. Set by vite.config.ts. */
declare const __WIDGET_PATH__: string;
/** The package's version. Set by vite.config.ts. */
declare const __VERSION__: string;
