// @ts-check
// What is pasted: a block of plain text takes words only, a long text takes a table as one paragraph a row.
import { Extension } from "@tiptap/core"
import { Plugin } from "@tiptap/pm/state"

const FORMATTED = "b, strong, i, em, u, s, strike, a[href], h1, h2, h3, h4, h5, h6"

/** @param {import("./editor.js").Form} form @param {(words: string) => void} onNotice */
export function pasting(form, onNotice) {
  return Extension.create({
    name: "pasting",
    addProseMirrorPlugins: () => [
      new Plugin({
        props: {
          transformPastedHTML(html) {
            const page = new DOMParser().parseFromString(html, "text/html")
            if (!form.marks && page.querySelector(FORMATTED)) {
              onNotice("Formatting was left out: this part holds plain text.")
            }
            if (form.content !== "table" && page.querySelector("table")) {
              for (const table of page.querySelectorAll("table")) table.replaceWith(...rowsOf(table))
              onNotice("The table was pasted as lines: this part holds no table.")
            }
            return page.body.innerHTML
          },
        },
      }),
    ],
  })
}

/** @param {HTMLTableElement} table */
function rowsOf(table) {
  return [...table.rows].map((row) => {
    const line = document.createElement("p")
    line.textContent = [...row.cells].map((cell) => (cell.textContent ?? "").trim().replace(/\s+/g, " ")).join(" | ")
    return line
  })
}
