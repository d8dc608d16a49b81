// @ts-check
// Reordering cards with the mouse or a finger; the keyboard has Alt and the arrow keys.
import Sortable from "sortablejs"

/** @param {import("./studio.js").Studio} studio */
export function allowDragging(studio) {
  Sortable.create(studio.list, {
    handle: "[data-grip]",
    animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 120,
    ghostClass: "is-ghost",
    // The browser's own dragging neither scrolls well nor knows fingers.
    forceFallback: true,
    fallbackTolerance: 4,
    scroll: true,
    onEnd: ({ item, oldIndex, newIndex }) => {
      const card = studio.cardOf(item)
      if (card && oldIndex !== newIndex) studio.moved(card)
    },
  })
}
