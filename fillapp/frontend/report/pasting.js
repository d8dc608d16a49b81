// @ts-check
// What is pasted: a block of plain text takes words only, a long text takes a table as one paragraph a row.
import { Extension } from "@tiptap/core"
import { Fragment, Slice } from "@tiptap/pm/model"
import { Plugin } from "@tiptap/pm/state"

const FORMATTED = "b, strong, i, em, u, s, strike, a[href], h1, h2, h3, h4, h5, h6"
const MARKER = /^[ \t]*(?:[-*•·–]|\d{1,3}[.)])[ \t]+/
// What other programs say by a style, and the element that says it here.
/** @type {[RegExp, string][]} */
const LOOKS = [
  [/font-weight:\s*(bold|[6-9]00)/i, "strong"],
  [/font-style:\s*italic/i, "em"],
  [/text-decoration[^;]*underline/i, "u"],
  [/text-decoration[^;]*line-through/i, "s"],
]

/** @param {import("./editor.js").Form} form @param {(words: string) => void} onNotice */
export function pasting(form, onNotice) {
  const isList = form.content === "bulletList"
  return Extension.create({
    name: "pasting",
    addProseMirrorPlugins: () => [
      new Plugin({
        props: {
          clipboardTextParser: (text, _, __, view) => /** @type {Slice} */ (isList ? readPoints(text, view.state.schema) : null),
          transformPastedHTML(html) {
            const page = readPasted(html)
            if (!form.marks && page.querySelector(FORMATTED)) {
              onNotice("Formatting was left out: this part holds plain text.")
            }
            if (form.content !== "table" && page.querySelector("table")) {
              for (const table of page.querySelectorAll("table")) table.replaceWith(...rowsOf(table))
              onNotice("The table was pasted as lines: this part holds no table.")
            }
            if (isList) flatten(page, form.levels)
            return page.body.innerHTML
          },
        },
      }),
    ],
  })
}

/** Lines as the points of a list, without the marks they have in a mail or a note; null for a single line.
 * @param {string} text @param {import("@tiptap/pm/model").Schema} schema */
function readPoints(text, schema) {
  const { bulletList, listItem, paragraph } = schema.nodes
  const lines = text.split(/[\r\n]+/).map((line) => line.replace(MARKER, "").trim()).filter(Boolean)
  if (lines.length < 2) return null
  const points = lines.map((line) => listItem.create(null, paragraph.create(null, schema.text(line))))
  // Open down to its paragraphs: it goes on in the point with the cursor.
  return new Slice(Fragment.from(bulletList.create(null, points)), 3, 3)
}

/** Pasted HTML with what its styles say said by elements: the page allows no styles. @param {string} html */
export function readPasted(html) {
  const plain = html
    .replace(/<style[\s\S]*?<\/style>/gi, "")
    .replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\sstyle\s*=/gi, " data-style="))
  const page = new DOMParser().parseFromString(plain, "text/html")
  for (const place of page.querySelectorAll("[data-style]")) {
    const style = place.getAttribute("data-style") ?? ""
    place.removeAttribute("data-style")
    if (/mso-list:\s*ignore/i.test(style)) place.remove()
    else if (/mso-list:/i.test(style)) makePoint(place)
    else if (place.matches("b, strong") && /font-weight:\s*(normal|[1-4]00)/i.test(style)) place.replaceWith(...place.childNodes)
    else if (place.matches("span")) for (const [look, name] of LOOKS) if (look.test(style)) wrap(place, name)
  }
  return page
}

/** Word writes the points of a list as paragraphs. @param {Element} paragraph */
function makePoint(paragraph) {
  const before = paragraph.previousElementSibling
  const list = before?.matches("ul[data-points]") ? before : paragraph.ownerDocument.createElement("ul")
  list.setAttribute("data-points", "")
  if (list !== before) paragraph.before(list)
  const point = paragraph.ownerDocument.createElement("li")
  list.append(point)
  point.append(paragraph)
}

/** @param {Element} place @param {string} name */
function wrap(place, name) {
  const around = place.ownerDocument.createElement(name)
  around.append(...place.childNodes)
  place.append(around)
}

/** Points deeper than the template allows stand beside those above them. @param {Document} page @param {number} levels */
function flatten(page, levels) {
  for (const list of [...page.querySelectorAll("ul, ol")].reverse()) {
    let depth = 0
    for (let above = /** @type {Element | null} */ (list); above; above = above.parentElement) if (above.matches("ul, ol")) depth += 1
    const point = list.parentElement?.closest("li")
    if (depth <= levels || !point) continue
    point.after(...list.children)
    list.remove()
  }
}

/** @param {HTMLTableElement} table */
function rowsOf(table) {
  return [...table.rows].map((row) => {
    const line = document.createElement("p")
    line.textContent = [...row.cells].map((cell) => (cell.textContent ?? "").trim().replace(/\s+/g, " ")).join(" | ")
    return line
  })
}
