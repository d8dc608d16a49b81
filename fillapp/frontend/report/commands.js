// @ts-check
// What a toolbar or a key can do to a text.
import { CellSelection, TableMap, cellAround, moveTableColumn, moveTableRow, selectedRect } from "@tiptap/pm/tables"
import { TextSelection } from "@tiptap/pm/state"

/** @typedef {import("@tiptap/core").Editor} Editor */
/** @typedef {import("./editor.js").Form} Form */

/** Where the selection stands in its table; null outside one. @param {{ state: Editor["state"] }} editor */
export function place(editor) {
  const { selection } = editor.state
  // Before anybody has clicked, it stands between the rows.
  return selection instanceof CellSelection || cellAround(selection.$head) ? selectedRect(editor.state) : null
}

/** Move the row of the selection; the header stays. @param {Editor} editor @param {1 | -1} by */
export function moveRow(editor, by) {
  const at = place(editor)
  if (!at || at.top === 0) return false
  const to = at.top + by
  if (to < 1 || to >= at.map.height) return true
  moveTableRow({ from: at.top, to })(editor.state, editor.view.dispatch)
  return goToCell(editor, to, at.left)
}

/** A new row below the one of the selection, with the cursor in it. @param {Editor} editor */
export function addRow(editor) {
  const at = place(editor)
  return Boolean(at) && editor.commands.addRowAfter() && goToCell(editor, (at?.bottom ?? 0), 0)
}

/** On to the next cell; behind the last one a new row begins, if the template allows one more.
 * @param {Editor} editor @param {Form} form */
export function nextCell(editor, form) {
  const at = place(editor)
  if (!at) return false
  if (at.right < at.map.width || at.bottom < at.map.height) return editor.commands.goToNextCell()
  return mayAddRow(editor, form) ? addRow(editor) : true
}

/** Put the cursor at the start of a cell of the block's table. @param {Editor} editor @param {number} row @param {number} column */
function goToCell(editor, row, column) {
  const table = editor.state.doc.firstChild
  if (!table) return false
  // Into the table, the cell and its paragraph.
  const inside = 1 + TableMap.get(table).positionAt(row, column, table) + 2
  return editor.chain().setTextSelection(inside).focus().run()
}

/** @param {Editor} editor @param {1 | -1} by */
export function moveColumn(editor, by) {
  const at = place(editor)
  const to = at ? at.left + by : -1
  if (!at || to < 0 || to >= at.map.width) return false
  moveTableColumn({ from: at.left, to })(editor.state, editor.view.dispatch)
  return goToCell(editor, at.top, to)
}

/** @param {Editor} editor @param {Form} form */
export function mayAddRow(editor, form) {
  const at = place(editor)
  return Boolean(at) && (!form.max_rows || (at?.map.height ?? 0) - 1 < form.max_rows)
}

/** @param {Editor} editor @param {Form} form */
export function mayDeleteRow(editor, form) {
  const at = place(editor)
  return Boolean(at && at.top > 0 && at.map.height - 1 - (at.bottom - at.top) >= fewestRows(form))
}

/** @param {Form} form */
export const fewestRows = (form) => Math.max(form.min_rows, 1)

/** One level deeper, if the template allows so many. @param {Editor} editor @param {Form} form */
export function sink(editor, form) {
  return depth(editor) < form.levels && editor.commands.sinkListItem("listItem")
}

/** How many lists the selection stands in. @param {Editor} editor */
export function depth(editor) {
  const { $from } = editor.state.selection
  let found = 0
  for (let at = 0; at <= $from.depth; at += 1) if ($from.node(at).type.name === "listItem") found += 1
  return found
}

/** Move the point of the selection among its neighbours, with all below it. @param {Editor} editor @param {1 | -1} by */
export function moveItem(editor, by) {
  const { $from } = editor.state.selection
  let at = $from.depth
  while (at > 0 && $from.node(at).type.name !== "listItem") at -= 1
  if (at === 0) return false
  const list = $from.node(at - 1)
  const index = $from.index(at - 1)
  if (index + by < 0 || index + by >= list.childCount) return true
  const item = list.child(index)
  const start = $from.before(at)
  const other = list.child(index + by)
  const target = by < 0 ? start - other.nodeSize : start + other.nodeSize
  const offset = $from.pos - start
  const { tr } = editor.state
  tr.delete(start, start + item.nodeSize).insert(target, item)
  tr.setSelection(TextSelection.create(tr.doc, target + offset))
  editor.view.dispatch(tr.scrollIntoView())
  return true
}
