// @ts-check
// Files on their way: at most three at once, each with its progress, and what became of it.

const AT_ONCE = 3
// More documents than this make no report.
const MOST_FILES = 200

/** A file on its way. @typedef {{file: File, replaces: string, row: HTMLElement, state: HTMLElement, bar: HTMLProgressElement, request: XMLHttpRequest | null}} Upload */

export class Uploads {
  /** @param {HTMLFormElement} form @param {import("./case.js").Case} standing */
  constructor(form, standing) {
    this.form = form
    this.standing = standing
    this.list = /** @type {HTMLElement} */ (form.querySelector("[data-uploads]"))
    /** @type {Upload[]} */
    this.waiting = []
    /** Those that are going up, being read, or about to stand in the list. */
    this.open = new Set()
    form.addEventListener("refused", (event) => this.addProblem(/** @type {CustomEvent<string>} */ (event).detail))
  }

  /** Whether anything is still on its way. */
  get busy() {
    return this.waiting.length + this.open.size
  }

  /** @param {File[]} files @param {string} [replaces] the id of the document whose place the file takes */
  take(files, replaces = "") {
    for (const row of this.list.querySelectorAll(".is-failed")) row.remove()
    for (const file of files.slice(0, MOST_FILES)) this.waiting.push(this.addRow(file, replaces))
    if (files.length > MOST_FILES) {
      this.addProblem(`Only the first ${MOST_FILES} of ${files.length} files were added. Add fewer at once.`)
    }
    this.showList()
    this.next()
  }

  next() {
    while (this.open.size < AT_ONCE && this.waiting.length) {
      const upload = /** @type {Upload} */ (this.waiting.shift())
      this.open.add(upload)
      this.run(upload).finally(() => {
        this.open.delete(upload)
        this.showList()
        this.next()
        if (!this.busy) this.form.dispatchEvent(new CustomEvent("all-added"))
      })
    }
  }

  /** @param {Upload} upload */
  async run(upload) {
    const { file, replaces } = upload
    const most = Number(this.form.dataset.largest)
    const answer =
      file.size > most * 1e6
        ? { refused: `“${file.name}” is larger than ${most} MB. Upload a smaller file, or split it.` }
        : await this.send(upload)
    if (answer === null) return upload.row.remove()
    if (!("document" in answer)) return this.fail(upload, answer)
    // It is stored: what could be cancelled is over.
    upload.row.querySelector("button")?.remove()
    const pk = String(answer.document)
    if (!(replaces && takePlace(replaces, pk))) await this.standing.add([pk])
    else await this.standing.changed()
    upload.row.remove()
    this.standing.say(`${file.name} is added. ${this.standing.notYet}`)
  }

  /** What the server made of the file, null when it was cancelled.
   * @param {Upload} upload @returns {Promise<{document: number} | {refused: string, again?: boolean} | null>} */
  send(upload) {
    const data = new FormData(this.form)
    data.delete("files")
    data.append("file", upload.file)
    // A document is no twin of the one that takes its place.
    if (upload.replaces) data.set("do", `remove-${upload.replaces}`)
    showShare(upload, 0)
    return new Promise((resolve) => {
      const request = (upload.request = new XMLHttpRequest())
      request.open("POST", this.form.dataset.upload ?? "")
      request.upload.addEventListener("progress", (event) => showShare(upload, event.loaded / event.total))
      request.addEventListener("load", () => resolve(readAnswer(request, upload.file.name)))
      request.addEventListener("abort", () => resolve(null))
      request.addEventListener("error", () =>
        resolve({ refused: `The connection was lost before “${upload.file.name}” was read.`, again: true }),
      )
      request.send(data)
    })
  }

  /** @param {Upload} upload */
  cancel(upload) {
    const at = this.waiting.indexOf(upload)
    if (at >= 0) this.waiting.splice(at, 1)
    upload.request?.abort()
    upload.row.remove()
    this.showList()
    const pick = this.form.querySelector("[data-pick]")
    if (pick instanceof HTMLElement) pick.focus()
    this.standing.say(`${upload.file.name} was cancelled.`)
  }

  /** @param {Upload} upload @param {{refused: string, again?: boolean}} answer */
  fail(upload, answer) {
    const { file, replaces } = upload
    const problem = this.makeProblem(answer.refused)
    if (answer.again) {
      const again = makeButton("Try again", () => this.take([file], replaces))
      again.setAttribute("aria-label", `Try again: ${file.name}`)
      problem.lastElementChild?.before(again)
    }
    upload.row.replaceWith(problem)
    this.standing.say(`Not added: ${answer.refused}`)
  }

  /** Say what went wrong, once, until it is dismissed. @param {string} reason */
  addProblem(reason) {
    const said = [...this.list.querySelectorAll(".upload-reason")].some((words) => words.textContent === reason)
    if (!said) this.list.append(this.makeProblem(reason))
    this.showList()
    this.standing.say(reason)
  }

  /** @param {string} reason */
  makeProblem(reason) {
    const row = make("li", "upload is-failed")
    const words = make("p", "upload-reason")
    words.textContent = reason
    row.append(words)
    row.append(
      makeButton("Dismiss", () => {
        row.remove()
        this.showList()
      }),
    )
    return row
  }

  /** @param {File} file @param {string} replaces @returns {Upload} */
  addRow(file, replaces) {
    const row = make("li", "upload")
    const name = make("span", "file-name")
    name.textContent = file.name
    const state = make("span", "quiet upload-state")
    state.textContent = "Waiting"
    const bar = document.createElement("progress")
    bar.value = 0
    bar.setAttribute("aria-label", `${file.name}, uploaded`)
    /** @type {Upload} */
    const upload = { file, replaces, row, state, bar, request: null }
    const cancel = makeButton("Cancel", () => this.cancel(upload))
    cancel.setAttribute("aria-label", `Cancel ${file.name}`)
    row.append(name, state, cancel, bar)
    this.list.append(row)
    return upload
  }

  showList() {
    this.list.hidden = !this.list.children.length
  }
}

/** Put a new document in an old one's place in the form; false when the old one is gone.
 * @param {string} old @param {string} pk */
function takePlace(old, pk) {
  const row = document.querySelector(`[data-file="${old}"]`)
  const field = row?.querySelector("input[name=document]")
  if (!(field instanceof HTMLInputElement)) return false
  field.value = pk
  const slot = row?.querySelector(`[name="slot-${old}"]`)
  const guess = row?.querySelector(`[name="guess-${old}"]`)
  slot?.setAttribute("name", `slot-${pk}`)
  if (guess instanceof HTMLInputElement) {
    guess.name = `guess-${pk}`
    // No document of a template is called so: the place was chosen by whoever replaced the file.
    guess.value = "-"
  }
  return true
}

/** @param {Upload} upload @param {number} share 0 to 1 */
function showShare({ state, bar }, share) {
  if (share < 1) {
    bar.value = share
    state.textContent = `${Math.round(share * 100)} %`
  } else {
    bar.removeAttribute("value")
    state.textContent = "Reading …"
  }
}

/** @param {XMLHttpRequest} request @param {string} name @returns {{document: number} | {refused: string}} */
function readAnswer(request, name) {
  try {
    const answer = JSON.parse(request.responseText)
    if (typeof answer.document === "number" || typeof answer.refused === "string") return answer
  } catch {
    // No answer of ours: what it was, the status says.
  }
  if (request.status === 413) return { refused: `“${name}” is too large to upload. Upload a smaller file, or split it.` }
  if (request.responseURL.includes("/sign-in/")) {
    return { refused: `You were signed out before “${name}” was added. Sign in in another window, then add it again.` }
  }
  return { refused: `“${name}” could not be uploaded. Add it again; if that does not help, reload the page.` }
}

/** @param {string} tag @param {string} name */
function make(tag, name) {
  const made = document.createElement(tag)
  made.className = name
  return made
}

/** @param {string} words @param {() => void} press */
function makeButton(words, press) {
  const button = /** @type {HTMLButtonElement} */ (make("button", "button is-quiet"))
  button.type = "button"
  button.textContent = words
  button.addEventListener("click", press)
  return button
}
