// @ts-check
// Several cells of a table at once: pasted from a sheet, or cleared, within what the template allows.
import { Plugin, Selection } from "@tiptap/pm/state"
import { CellSelection, TableMap } from "@tiptap/pm/tables"
import { place } from "./commands.js"
import { readPasted } from "./pasting.js"

/** @typedef {import("./editor.js").Form} Form */
/** @typedef {import("@tiptap/pm/model").Node} Node */

/** Cells that come from a sheet go into cells, from the one with the cursor on; what has no place is named.
 * @param {Form} form @param {(words: string) => void} onNotice */
export function pasteCells(form, onNotice) {
  return new Plugin({
    props: {
      handlePaste(view, event) {
        const pasted = readCells(event.clipboardData)
        const at = place(view)
        if (!pasted || !at) return false
        const table = view.state.doc.child(0)
        const rows = withoutHeader(pasted, table)
        // In a header that the template set there is room for nothing.
        const top = form.open_columns ? at.top : Math.max(at.top, 1)
        const most = form.max_rows ? form.max_rows + 1 : Infinity
        const fitting = rows.slice(0, Math.max(most, table.childCount) - top)
        const width = at.map.width - at.left
        const next = fill(table, fitting, top, at.left)
        const change = view.state.tr.replaceWith(0, table.nodeSize, next)
        const last = 1 + TableMap.get(next).positionAt(Math.max(top, top + fitting.length - 1), at.left, next)
        view.dispatch(change.setSelection(Selection.near(change.doc.resolve(last + 1))).scrollIntoView())
        const wide = Math.max(...rows.map((row) => row.length)) - width
        const left = [count(rows.length - fitting.length, "row"), count(wide, "column")].filter(Boolean)
        if (left.length) onNotice(`${left.join(" and ")} more than fit here were left out.`)
        return true
      },
    },
  })
}

/** Empty the cells that are selected together; the table and the header that its template set stay.
 * @param {import("@tiptap/core").Editor} editor @param {Form} form */
export function clearCells(editor, form) {
  const { selection, tr, schema } = editor.state
  if (!(selection instanceof CellSelection)) return false
  selection.forEachCell((cell, at) => {
    if (cell.type.name === "tableHeader" && !form.open_columns) return
    const [from, to] = [tr.mapping.map(at + 1), tr.mapping.map(at + cell.nodeSize - 1)]
    tr.replaceWith(from, to, schema.nodes.paragraph.create())
  })
  editor.view.dispatch(tr)
  return true
}

/** @param {number} number @param {string} word */
const count = (number, word) => (number > 0 ? `${number} ${word}${number > 1 ? "s" : ""}` : "")

/** The cells in what is pasted; null for less than two. @param {DataTransfer | null} data */
function readCells(data) {
  const table = readPasted(data?.getData("text/html") ?? "").querySelector("table")
  const text = data?.getData("text/plain") ?? ""
  const rows = table ? [...table.rows].map((row) => [...row.cells].map(readCell)) : text.includes("\t") ? readText(text) : []
  return rows.length > 1 || (rows[0]?.length ?? 0) > 1 ? rows : null
}

/** @param {Element} cell */
function readCell(cell) {
  for (const line of cell.querySelectorAll("br, p + p, div + div, li + li")) line.before("\n")
  const lines = (cell.textContent ?? "").split("\n").map((line) => line.replace(/\s+/g, " ").trim())
  return lines.filter(Boolean).join("\n")
}

/** @param {string} text */
const readText = (text) => text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n").map((line) => line.split("\t").map((cell) => cell.trim()))

/** A table is often copied with the names of its columns. @param {string[][]} rows @param {Node} table */
function withoutHeader(rows, table) {
  const names = table.child(0).children.map((cell) => cell.textContent.trim())
  return rows.length > 1 && names.join("\t") === rows[0].slice(0, names.length).join("\t") ? rows.slice(1) : rows
}

/** @param {Node} table @param {string[][]} rows @param {number} top @param {number} left */
function fill(table, rows, top, left) {
  const { paragraph, tableCell, hardBreak } = table.type.schema.nodes
  const pattern = table.child(table.childCount - 1)
  const height = Math.max(table.childCount, top + rows.length)
  const next = Array.from({ length: height }, (_, y) => {
    const old = y < table.childCount ? table.child(y) : null
    const cells = pattern.children.map((like, x) => {
      const was = old?.child(x) ?? tableCell.create(like.type === tableCell ? like.attrs : null, paragraph.create())
      const text = rows[y - top]?.[x - left]
      return text === undefined ? was : was.type.create(was.attrs, paragraph.create(null, lines(text)))
    })
    return (old ?? pattern).type.create(old?.attrs, cells)
  })
  return table.type.create(table.attrs, next)

  /** @param {string} text */
  function lines(text) {
    const written = text.split("\n").map((line) => (line ? [table.type.schema.text(line)] : []))
    return written.flatMap((line, at) => (at ? [hardBreak.create(), ...line] : line))
  }
}
