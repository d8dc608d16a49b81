// @ts-check
// Finding a ready-made block while one types.

import { replaceContent } from "../page.js"

const PAUSE = 150

/** Let the palette's search field look; adding is the studio's. @param {HTMLElement} palette */
export function watchPalette(palette) {
  const field = palette.querySelector("input[type=search]")
  const found = palette.querySelector("#palette-found")
  const said = palette.querySelector("[data-palette-said]")
  if (!(field instanceof HTMLInputElement) || !(found instanceof HTMLElement) || !said) return
  let waits = 0
  let asked = new AbortController()
  field.addEventListener("input", () => {
    clearTimeout(waits)
    waits = setTimeout(look, PAUSE)
  })
  // In a form Enter would send it; here it has nothing more to do.
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault()
  })

  async function look() {
    // An older answer must not replace a newer one.
    asked.abort()
    asked = new AbortController()
    const address = `${palette.dataset.palette}?${new URLSearchParams({ search: /** @type {HTMLInputElement} */ (field).value })}`
    try {
      const response = await fetch(address, { signal: asked.signal })
      const page = new DOMParser().parseFromString(await response.text(), "text/html")
      const next = page.getElementById("palette-found")
      if (!next) throw new Error("signed out")
      const place = palette.querySelector("#palette-found")
      if (place instanceof HTMLElement) replaceContent(place, next.innerHTML)
      const count = Number(next.dataset.count)
      say(count === 1 ? "1 block found." : `${count} blocks found.`)
    } catch (error) {
      if (error instanceof DOMException && error.name === "AbortError") return
      say("The connection was lost. Type again to search again.")
    }
  }

  /** @param {string} words */
  function say(words) {
    if (said) said.textContent = words
  }
}
