/** The little of the DOM that functions evaluated in the page use; the compiler's own DOM types would cover the whole project. */
export interface PageElement {
  readonly textContent: string | null
  getAttribute(name: string): string | null
  querySelector(selector: string): PageElement | null
}
