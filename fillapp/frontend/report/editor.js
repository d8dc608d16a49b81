// @ts-check
// One Tiptap editor per block: what it may hold is said by the block's own form, nothing else.
import { Editor, Extension, Node } from "@tiptap/core"
import { ListItem } from "@tiptap/extension-list"
import { Table, TableCell, TableHeader, TableRow } from "@tiptap/extension-table"
import { Placeholder } from "@tiptap/extensions"
import { Plugin, Selection } from "@tiptap/pm/state"
import { StarterKit } from "@tiptap/starter-kit"
import { pasteCells } from "./cells.js"
import { keys } from "./editor_keys.js"
import { LINKS } from "./link.js"
import { fewestRows } from "./commands.js"
import { pasting } from "./pasting.js"

/**
 * @typedef {{ content: string, marks: boolean, levels: number, min_rows: number, max_rows: number, open_columns: boolean }} Form
 * @typedef {{ element: HTMLElement, doc: object, form: Form, label: string, lang: string, onChange: () => void, onNotice: (words: string) => void, onLeave: () => void }} Wanted
 */

/** @param {Wanted} wanted */
export function makeEditor({ element, doc, form, label, lang, onChange, onNotice, onLeave }) {
  return new Editor({
    element,
    content: fit(doc, form),
    injectCSS: false,
    extensions: extensionsFor(form, onNotice, onLeave),
    editorProps: {
      attributes: { class: "block-value", role: "textbox", "aria-multiline": "true", "aria-label": label, lang },
    },
    onUpdate: ({ transaction }) => transaction.getMeta("remote") || onChange(),
  })
}

/** Put another document there; with `undoable`, Ctrl+Z brings back what stood there. The cursor stays about where it was.
 * @param {Editor} editor @param {object} doc @param {Form} form @param {{ undoable: boolean }} how */
export function setDocument(editor, doc, form, { undoable }) {
  const { from } = editor.state.selection
  editor
    .chain()
    .setMeta("remote", true)
    .setMeta("addToHistory", undoable)
    .setContent(fit(doc, form), { emitUpdate: false })
    .command(({ tr }) => Boolean(tr.setSelection(Selection.near(tr.doc.resolve(Math.min(from, tr.doc.content.size))))))
    .run()
}

/** What a key does that was pressed before the editor was there. @param {Editor} editor @param {KeyboardEvent} event */
export function typeKey(editor, { key, shiftKey }) {
  if (key.length === 1) return editor.commands.insertContent({ type: "text", text: key })
  return editor.commands.keyboardShortcut(shiftKey ? `Shift-${key}` : key)
}

/** An empty document holds nothing that an editor of a table or list could show.
 * @param {object} doc @param {Form} form */
function fit(doc, form) {
  const content = /** @type {{ content?: object[] }} */ (doc).content ?? []
  if (content.length) return doc
  const paragraph = { type: "paragraph" }
  if (form.content === "bulletList") {
    return { type: "doc", content: [{ type: "bulletList", content: [{ type: "listItem", content: [paragraph] }] }] }
  }
  return form.content === "table" ? doc : { type: "doc", content: [paragraph] }
}

/** @param {Form} form @param {(words: string) => void} onNotice @param {() => void} onLeave */
function extensionsFor(form, onNotice, onLeave) {
  const prose = form.content.includes("heading")
  const lists = form.content.includes("bulletList")
  const marks = form.marks ? {} : /** @type {const} */ (false)
  const deeper = form.levels > 1 ? (prose ? "(bulletList | orderedList)?" : "bulletList?") : ""
  const found = [
    Node.create({ name: "doc", topNode: true, content: form.content }),
    StarterKit.configure({
      document: false,
      trailingNode: false,
      listItem: false,
      code: false,
      codeBlock: false,
      horizontalRule: false,
      dropcursor: false,
      gapcursor: false,
      heading: prose ? { levels: [1, 2, 3] } : false,
      blockquote: prose ? {} : false,
      orderedList: prose ? {} : false,
      bulletList: lists ? {} : false,
      listKeymap: lists ? {} : false,
      bold: marks,
      italic: marks,
      strike: marks,
      underline: marks,
      link: form.marks ? { openOnClick: false, defaultProtocol: "https", isAllowedUri: (address) => LINKS.test(address ?? ""), HTMLAttributes: { rel: "noopener noreferrer nofollow" } } : false,
    }),
    Placeholder.configure({ placeholder: "Nothing here yet" }),
    keys(form, onLeave),
    pasting(form, onNotice),
  ]
  // One paragraph an item: with the stock "paragraph block*", Enter on an empty item adds a loose one to it.
  if (lists) found.push(ListItem.extend({ content: `paragraph ${deeper}` }))
  if (form.content === "table") found.push(...tables(form, onNotice))
  return found
}

/** @param {Form} form @param {(words: string) => void} onNotice */
function tables(form, onNotice) {
  const align = {
    default: null,
    renderHTML: (/** @type {{ align?: string }} */ attributes) => (attributes.align === "right" ? { class: "figure" } : {}),
  }
  const cell = {
    content: "paragraph",
    /** @this {{ parent?: () => object }} */
    addAttributes() {
      return { ...this.parent?.(), align }
    },
  }
  // Without the widths that the stock one writes into a style attribute.
  const table = Table.extend({ renderHTML: () => ["table", ["tbody", 0]] })
  return [table, TableRow, TableCell.extend(cell), TableHeader.extend(cell), holdRules(form, onNotice)]
}

/** Columns that the template set, and the number of its rows, stay. @param {Form} form @param {(words: string) => void} onNotice */
function holdRules(form, onNotice) {
  return Extension.create({
    name: "rules",
    // Before the table's own, which would make it larger than it may be.
    priority: 1000,
    addProseMirrorPlugins: () => [
      pasteCells(form, onNotice),
      new Plugin({
        filterTransaction(change, state) {
          if (!change.docChanged || change.getMeta("remote")) return true
          const [before, after] = [state.doc.firstChild, change.doc.firstChild]
          if (!before?.firstChild || !after?.firstChild) return true
          if (!form.open_columns && !before.firstChild.eq(after.firstChild)) {
            onNotice("The columns of this table are set by its template.")
            return false
          }
          if (form.max_rows && after.childCount > before.childCount && after.childCount - 1 > form.max_rows) {
            onNotice(`The template allows ${form.max_rows} rows at most.`)
            return false
          }
          if (after.childCount < before.childCount && after.childCount - 1 < fewestRows(form)) {
            onNotice(form.min_rows > 1 ? `The template wants ${form.min_rows} rows at least.` : "A table keeps one row. Empty it instead.")
            return false
          }
          return true
        },
      }),
    ],
  })
}
