/** What was answered is seen by who asked, wherever the page stood: at once, as nobody waits for a page that moves. */

/** As much of an element as is needed to scroll to it. */
export interface Placed {
  getBoundingClientRect(): { readonly top: number; readonly bottom: number }
  scrollIntoView(how: { readonly block: 'start'; readonly behavior: 'instant' }): void
}

/** Leaves the page where it is if the whole of it is seen already. @param height of what is seen, in CSS pixels */
export function bringIntoView(element: Placed, height: number): void {
  const { top, bottom } = element.getBoundingClientRect()
  if (top >= 0 && bottom <= height) return
  element.scrollIntoView({ block: 'start', behavior: 'instant' })
}
