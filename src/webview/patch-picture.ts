/**
 * Brings a new picture into the one that is shown: groups that are there already stay the same elements, so that the focus
 * and a screen reader's place stay where they are.
 */
export function patchPicture(parent: HTMLElement, svg: string): void {
  const fresh = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement
  const shown = parent.querySelector('svg')
  if (shown === null) {
    parent.replaceChildren(document.importNode(fresh, true))
    return
  }
  copyAttributes(fresh, shown)
  const known = new Map(groups(shown).map((group) => [group.dataset['key'], group]))
  let before: Element | null = shown.firstElementChild
  for (const group of groups(fresh)) {
    const old = known.get(group.dataset['key'])
    known.delete(group.dataset['key'])
    if (old === undefined) {
      shown.insertBefore(document.importNode(group, true), before)
      continue
    }
    update(old, group)
    // Moving an element takes the focus from it: only what is not in its place is moved.
    if (old === before) before = before.nextElementSibling
    else shown.insertBefore(old, before)
  }
  for (const gone of known.values()) gone.remove()
}

function groups(svg: Element): SVGGElement[] {
  return [...svg.querySelectorAll<SVGGElement>(':scope > g[data-key]')]
}

function update(shown: SVGGElement, fresh: SVGGElement): void {
  const isStop = shown.getAttribute('tabindex') === '0'
  copyAttributes(fresh, shown)
  if (isStop) shown.setAttribute('tabindex', '0')
  if (shown.innerHTML === fresh.innerHTML) return
  shown.replaceChildren(...[...fresh.childNodes].map((node) => document.importNode(node, true)))
}

function copyAttributes(from: Element, to: Element): void {
  for (const { name } of [...to.attributes]) if (!from.hasAttribute(name)) to.removeAttribute(name)
  for (const { name, value } of [...from.attributes]) if (to.getAttribute(name) !== value) to.setAttribute(name, value)
}
