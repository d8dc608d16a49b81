// @ts-check
// A signal that reads everything again: the line that says how far it is looks again while it moves.
import { replace } from "./page.js"

const AGAIN = 1500
// Where nothing moves, something may begin: one look in so many.
const SELDOM = 4

/** @param {HTMLElement} place */
export function watchBackfill(place) {
  let line = place
  let looks = 0
  const timer = setInterval(async () => {
    looks += 1
    const isDue = "moves" in line.dataset || looks % SELDOM === 0
    if (document.hidden || !isDue || line.contains(document.activeElement)) return
    const response = await fetch(line.dataset.backfill ?? "").catch(() => null)
    if (!response?.ok) return
    const page = new DOMParser().parseFromString(await response.text(), "text/html")
    const fresh = page.getElementById(line.id)
    // Something else has put a newer one in its place.
    if (!fresh || !line.isConnected) return clearInterval(timer)
    replace(line, fresh.outerHTML)
    const now = document.getElementById(line.id)
    if (now) line = now
  }, AGAIN)
}
