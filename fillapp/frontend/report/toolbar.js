// @ts-check
// The toolbar of the block that is being typed in: only what the block's kind allows.
import { addRow, depth, mayAddRow, mayDeleteRow, moveColumn, moveItem, moveRow, place as placeOf, sink } from "./commands.js"

import { askForLink } from "./link.js"

/**
 * @typedef {import("@tiptap/core").Editor} Editor
 * @typedef {import("./editor.js").Form} Form
 * @typedef {{ label: string, face: string, look?: string, run: (editor: Editor) => unknown, isOn?: (editor: Editor) => boolean, can?: (editor: Editor) => boolean }} Tool
 */

/** @param {Editor} editor @param {Form} form @param {string} name @returns {HTMLElement} */
export function makeToolbar(editor, form, name) {
  const place = document.createElement("div")
  place.className = "toolbar-place"
  const bar = document.createElement("div")
  bar.className = "toolbar"
  place.append(bar)
  bar.setAttribute("role", "toolbar")
  bar.setAttribute("aria-label", `Text of ${name}`)
  const tools = groupsFor(form).flatMap((group) => {
    const box = document.createElement("span")
    box.className = "toolbar-group"
    bar.append(box)
    return group.map((tool) => ({ tool, button: addButton(box, tool, editor) }))
  })
  if (tools[0]) tools[0].button.tabIndex = 0
  moveByArrows(bar, editor)
  const show = () => {
    for (const { tool, button } of tools) {
      if (tool.isOn) button.setAttribute("aria-pressed", String(tool.isOn(editor)))
      button.setAttribute("aria-disabled", String(tool.can ? !tool.can(editor) : false))
    }
  }
  editor.on("transaction", show)
  show()
  return place
}

/** @param {HTMLElement} box @param {Tool} tool @param {Editor} editor */
function addButton(box, tool, editor) {
  const button = document.createElement("button")
  button.type = "button"
  button.className = `toolbar-button ${tool.look ?? ""}`
  button.textContent = tool.face
  button.title = tool.label
  button.tabIndex = -1
  button.setAttribute("aria-label", tool.label)
  // The cursor stays in the text.
  button.addEventListener("mousedown", (event) => event.preventDefault())
  button.addEventListener("click", () => {
    if (button.getAttribute("aria-disabled") === "true") return
    // At once: Tiptap's own focus waits for the next frame, and what is typed before it would be lost.
    editor.view.focus()
    tool.run(editor)
  })
  box.append(button)
  return button
}

/** @param {HTMLElement} bar @param {Editor} editor */
function moveByArrows(bar, editor) {
  bar.addEventListener("keydown", (event) => {
    const buttons = [...bar.querySelectorAll("button")]
    const at = buttons.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement))
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    const next = event.key === "Home" ? 0 : event.key === "End" ? buttons.length - 1 : by ? (at + by + buttons.length) % buttons.length : -1
    if (event.key === "Escape") editor.commands.focus()
    else if (next < 0) return
    buttons.forEach((button, index) => (button.tabIndex = index === next ? 0 : -1))
    if (next >= 0) buttons[next].focus()
    event.preventDefault()
    event.stopPropagation()
  })
}

/** @param {Form} form @returns {Tool[][]} */
function groupsFor(form) {
  const groups = []
  if (form.marks) groups.push(MARKS)
  if (form.content.includes("heading")) groups.push(SHAPES)
  if (form.content.includes("bulletList")) groups.push(pointTools(form))
  if (form.content === "table") groups.push(rowTools(form), ...(form.open_columns ? [COLUMNS] : []))
  return [...groups, HISTORY]
}

/** @type {Tool[]} */
const MARKS = [
  { label: "Bold (Ctrl B)", face: "B", look: "is-bold", run: (e) => e.chain().focus().toggleBold().run(), isOn: (e) => e.isActive("bold") },
  { label: "Italic (Ctrl I)", face: "I", look: "is-italic", run: (e) => e.chain().focus().toggleItalic().run(), isOn: (e) => e.isActive("italic") },
  { label: "Underline (Ctrl U)", face: "U", look: "is-underline", run: (e) => e.chain().focus().toggleUnderline().run(), isOn: (e) => e.isActive("underline") },
  { label: "Strike through", face: "S", look: "is-strike", run: (e) => e.chain().focus().toggleStrike().run(), isOn: (e) => e.isActive("strike") },
  { label: "Link (Ctrl K)", face: "Link", run: askForLink, isOn: (e) => e.isActive("link") },
]

/** @type {Tool[]} */
const SHAPES = [
  { label: "Heading", face: "H", run: (e) => e.chain().focus().toggleHeading({ level: 1 }).run(), isOn: (e) => e.isActive("heading", { level: 1 }) },
  { label: "Smaller heading", face: "h", run: (e) => e.chain().focus().toggleHeading({ level: 2 }).run(), isOn: (e) => e.isActive("heading", { level: 2 }) },
  { label: "Bullets", face: "•", run: (e) => e.chain().focus().toggleBulletList().run(), isOn: (e) => e.isActive("bulletList") },
  { label: "Numbers", face: "", look: "is-numbers", run: (e) => e.chain().focus().toggleOrderedList().run(), isOn: (e) => e.isActive("orderedList") },
  { label: "Quote", face: "”", run: (e) => e.chain().focus().toggleBlockquote().run(), isOn: (e) => e.isActive("blockquote") },
]

/** @param {Form} form @returns {Tool[]} */
function pointTools(form) {
  const tools = [
    { label: "Point up (Alt ↑)", face: "↑", run: (/** @type {Editor} */ e) => moveItem(e, -1), can: inPoint },
    { label: "Point down (Alt ↓)", face: "↓", run: (/** @type {Editor} */ e) => moveItem(e, 1), can: inPoint },
  ]
  if (form.levels === 1) return tools
  return [
    { label: "Deeper (Tab)", face: "→", run: (e) => sink(e, form), can: (e) => inPoint(e) && depth(e) < form.levels },
    { label: "Less deep (Shift Tab)", face: "←", run: (e) => e.chain().focus().liftListItem("listItem").run(), can: (e) => depth(e) > 1 },
    ...tools,
  ]
}

/** @param {Editor} editor */
const inPoint = (editor) => editor.isActive("listItem")

/** @param {Form} form @returns {Tool[]} */
function rowTools(form) {
  return [
    { label: "Add a row below", face: "+ Row", run: addRow, can: (e) => mayAddRow(e, form) },
    { label: "Row up (Alt ↑)", face: "↑", run: (e) => moveRow(e, -1), can: (e) => (placeOf(e)?.top ?? 0) > 1 },
    { label: "Row down (Alt ↓)", face: "↓", run: (e) => moveRow(e, 1), can: (e) => isMovableDown(e) },
    { label: "Delete the row", face: "− Row", run: (e) => e.chain().focus().deleteRow().run(), can: (e) => mayDeleteRow(e, form) },
  ]
}

/** @param {Editor} editor */
function isMovableDown(editor) {
  const at = placeOf(editor)
  return Boolean(at && at.top > 0 && at.top < at.map.height - 1)
}

/** @type {Tool[]} */
const COLUMNS = [
  { label: "Add a column to the right", face: "+ Column", run: (e) => e.chain().focus().addColumnAfter().run(), can: (e) => Boolean(placeOf(e)) },
  { label: "Column to the left", face: "←", run: (e) => moveColumn(e, -1), can: (e) => (placeOf(e)?.left ?? 0) > 0 },
  { label: "Column to the right", face: "→", run: (e) => moveColumn(e, 1), can: (e) => Boolean(placeOf(e)) },
  { label: "Delete the column", face: "− Column", run: (e) => e.chain().focus().deleteColumn().run(), can: (e) => (placeOf(e)?.map.width ?? 0) > 1 },
]

/** @type {Tool[]} */
const HISTORY = [
  { label: "Undo (Ctrl Z)", face: "↶", run: (e) => e.chain().focus().undo().run(), can: (e) => e.can().undo() },
  { label: "Redo (Ctrl Shift Z)", face: "↷", run: (e) => e.chain().focus().redo().run(), can: (e) => e.can().redo() },
]
