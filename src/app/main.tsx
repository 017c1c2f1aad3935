/** The product's entry: the page on a compute worker and the browser's own storage. */
import { createBrowserServices } from "./browser-services.ts";
import { mountApp } from "./mount.tsx";

mountApp(document.getElementById("root")!, createBrowserServices());
