// @ts-check
// What keys do in a block beyond typing: rows and points move, a list goes no deeper than its template says.
import { Extension } from "@tiptap/core"
import { clearCells } from "./cells.js"
import { moveItem, moveRow, nextCell, sink } from "./commands.js"
import { askForLink } from "./link.js"

/** @param {import("./editor.js").Form} form @param {() => void} onLeave */
export function keys(form, onLeave) {
  const isTable = form.content === "table"
  const isList = form.content === "bulletList"
  return Extension.create({
    name: "blockKeys",
    priority: 1000,
    addKeyboardShortcuts() {
      const { editor } = this
      /** @type {Record<string, () => boolean>} */
      const found = {
        Escape: () => {
          onLeave()
          return true
        },
        "Alt-F10": () => {
          const toolbar = editor.view.dom.closest("[data-block]")?.querySelector("[role=toolbar] [tabindex='0']")
          if (toolbar instanceof HTMLElement) toolbar.focus()
          return true
        },
      }
      if (form.marks) found["Mod-k"] = () => askForLink(editor)
      if (isTable) {
        for (const key of ["Backspace", "Mod-Backspace", "Delete", "Mod-Delete"]) found[key] = () => clearCells(editor, form)
        found["Alt-ArrowUp"] = () => moveRow(editor, -1)
        found["Alt-ArrowDown"] = () => moveRow(editor, 1)
        found.Tab = () => nextCell(editor, form)
        // A cell is one paragraph: a newline in it is a line break.
        found.Enter = () => editor.commands.setHardBreak()
      } else if (form.content.includes("bulletList")) {
        found["Alt-ArrowUp"] = () => moveItem(editor, -1)
        found["Alt-ArrowDown"] = () => moveItem(editor, 1)
        // At the deepest level Tab does nothing; it never leaves the text by surprise.
        found.Tab = () => (editor.isActive("listItem") ? sink(editor, form) || true : false)
      }
      if (form.content === "paragraph") found.Enter = () => true
      if (isList) found["Shift-Enter"] = () => editor.commands.setHardBreak()
      return found
    },
  })
}
