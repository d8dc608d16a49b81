// @ts-check
// What a check found is marked in the text itself, wherever its words stand now; the text is left as it is.

const NAME = "flagged"

/** Keep the marks right while the page changes. @param {Element | null} paper */
export function watchFlags(paper) {
  if (!paper || !("highlights" in CSS)) return
  let due = 0
  const mark = () => {
    due = 0
    const ranges = [...paper.querySelectorAll("[data-words]")].flatMap((flag) => findWords(flag))
    if (ranges.length) CSS.highlights.set(NAME, new Highlight(...ranges))
    else CSS.highlights.delete(NAME)
  }
  const later = () => (due ||= requestAnimationFrame(mark))
  new MutationObserver(later).observe(paper, { childList: true, subtree: true, characterData: true })
  mark()
}

/** Where the words of a flag stand in its block. @param {Element} flag @returns {Range[]} */
function findWords(flag) {
  const body = flag.closest("[data-block]")?.querySelector("[data-part=body]")
  const wanted = squeeze(flag.getAttribute("data-words") ?? "")
  if (!body || !wanted) return []
  let text = ""
  /** @type {[Text, number][]} */
  const places = []
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const { data } = /** @type {Text} */ (node)
    // Without spaces: lines are broken, and marks begin, where the page likes.
    for (let at = 0; at < data.length; at += 1) {
      if (!squeeze(data[at] ?? "")) continue
      text += data[at]
      places.push([/** @type {Text} */ (node), at])
    }
  }
  const [first, last] = [places[text.indexOf(wanted)], places[text.indexOf(wanted) + wanted.length - 1]]
  if (!text.includes(wanted) || !first || !last) return []
  const range = new Range()
  range.setStart(...first)
  range.setEnd(last[0], last[1] + 1)
  return [range]
}

/** @param {string} words */
function squeeze(words) {
  return words.replace(/\s+/g, "")
}
