// @ts-check
// The preview: pictures appear when they are drawn, the strip follows the page in view, arrows turn pages.
import { element, replace } from "./page.js"

const PAUSE = 700

/** @param {HTMLElement} preview */
export async function watchPreview(preview) {
  const address = preview.dataset.preview
  if (!address) return follow(preview)
  const next = await waitForPages(address)
  if (next) follow(showPages(next))
}

/** The pages once they are there, or what says why they are not; nothing if they are not wanted any more.
 * A connection that fails for a while is no reason to stop.
 * @param {string} address @param {() => boolean} isWanted @returns {Promise<HTMLElement | undefined>} */
export async function waitForPages(address, isWanted = () => true) {
  for (;;) {
    await new Promise((done) => setTimeout(done, PAUSE))
    const html = isWanted() ? await ask(address) : undefined
    if (!isWanted()) return undefined
    if (html === undefined) continue
    const next = new DOMParser().parseFromString(html, "text/html").getElementById("preview")
    // Signed out, or it is not shared any more: the server says so.
    if (!next) location.reload()
    if (!next?.dataset.preview) return next ?? undefined
    address = next.dataset.preview
  }
}

/** Put pages in the place of those shown, and say how many there are. @param {HTMLElement} next */
export function showPages(next) {
  replace(element("preview"), next.outerHTML)
  element("preview-said").textContent = next.querySelector("[data-said]")?.textContent?.trim() ?? ""
  return element("preview")
}

/** What was answered, if anything was. @param {string} address @returns {Promise<string | undefined>} */
async function ask(address) {
  try {
    return await (await fetch(address)).text()
  } catch {
    return undefined
  }
}

/** @param {HTMLElement} preview */
function follow(preview) {
  const sheets = /** @type {HTMLElement[]} */ ([...preview.querySelectorAll(".sheet")])
  if (!sheets.length) return
  let current = 0
  const show = (/** @type {number} */ page) => {
    current = page
    for (const link of preview.querySelectorAll(".thumbs a")) {
      const isCurrent = link.getAttribute("href") === `#${sheets[page]?.id}`
      if (isCurrent) link.setAttribute("aria-current", "page")
      else link.removeAttribute("aria-current")
      if (isCurrent) reveal(/** @type {HTMLElement} */ (link))
    }
  }
  const inView = new Set()
  const observer = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        if (entry.isIntersecting) inView.add(entry.target)
        else inView.delete(entry.target)
      }
      const first = sheets.findIndex((sheet) => inView.has(sheet))
      if (first >= 0) show(first)
    },
    // The page across the middle of the window.
    { rootMargin: "-50% 0px -50% 0px" },
  )
  for (const sheet of sheets) observer.observe(sheet)
  show(0)
  document.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (!step || event.altKey || event.ctrlKey || event.metaKey || event.target instanceof HTMLSelectElement) return
    // A page that is wider than its place is moved by the same keys.
    const place = sheets[0]?.parentElement
    if (place && place.scrollWidth > place.clientWidth) return
    const next = sheets[current + step]
    if (!next) return
    event.preventDefault()
    next.scrollIntoView({ block: "start" })
    show(current + step)
  })
}

/** Bring a link of the strip into view without moving the page. @param {HTMLElement} link */
function reveal(link) {
  const strip = link.closest("ol")
  if (!strip) return
  const there = link.getBoundingClientRect()
  const here = strip.getBoundingClientRect()
  if (there.top < here.top || there.bottom > here.bottom) strip.scrollTop += there.top - here.top - here.height / 3
  if (there.left < here.left || there.right > here.right) strip.scrollLeft += there.left - here.left - here.width / 3
}
