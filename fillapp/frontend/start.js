// @ts-check
// The start page: files go up one by one with their progress, through the same form as without script.
import { element, replace } from "./page.js"

/** @param {HTMLFormElement} form */
export function watchStart(form) {
  new Uploads(form)
  form.addEventListener("submit", (event) => {
    // A second click must not make a second report.
    if (form.dataset.sent) event.preventDefault()
    if (isButton(event.submitter, "generate")) form.dataset.sent = "yes"
  })
  addEventListener("pageshow", () => delete form.dataset.sent)
}

class Uploads {
  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.form = form
    this.open = 0
    /** One after the other: each answer carries the whole list, so none may overtake another. */
    this.last = Promise.resolve()
    this.input = /** @type {HTMLInputElement} */ (form.elements.namedItem("files"))
    this.list = /** @type {HTMLElement} */ (form.querySelector("[data-uploads]"))
    this.generate = /** @type {HTMLButtonElement} */ (form.querySelector("[data-generate]"))
    this.input.addEventListener("change", () => this.take(this.input.files))
    form.addEventListener("submit", (event) => this.remove(event))
    form.addEventListener("change", (event) => this.choose(event))
    this.acceptDrops()
  }

  acceptDrops() {
    const place = /** @type {HTMLElement} */ (this.form.querySelector("[data-drop]"))
    const over = (/** @type {boolean} */ is) => place.classList.toggle("is-over", is)
    // Anywhere on the page: a file dropped beside the box must not open in its place.
    addEventListener("dragover", (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return
      event.preventDefault()
      over(true)
    })
    addEventListener("dragleave", (event) => event.relatedTarget ?? over(false))
    addEventListener("drop", (event) => {
      if (!event.dataTransfer?.files.length) return
      event.preventDefault()
      over(false)
      this.take(event.dataTransfer.files)
    })
  }

  /** @param {FileList | null} files */
  take(files) {
    this.list.replaceChildren(...this.list.querySelectorAll(".upload:not(.is-failed)"))
    for (const file of files ?? []) {
      const row = this.addRow(file.name)
      this.enqueue(() => this.upload(file, row))
    }
    this.input.value = ""
  }

  /** @param {File} file @param {HTMLElement} row */
  async upload(file, row) {
    const data = new FormData(this.form)
    data.delete("files")
    data.set("do", "add")
    data.append("files", file)
    const problem = await this.send(data, (share) => showShare(row, share))
    if (problem) showProblem(row, problem)
    else row.remove()
    this.list.hidden = !this.list.children.length
    this.say(problem || `${file.name} is read.`)
  }

  /** @param {SubmitEvent} event */
  remove(event) {
    const button = event.submitter
    if (!(button instanceof HTMLButtonElement) || !isButton(button, "remove-")) return
    event.preventDefault()
    this.resend("do", button.value)
  }

  /** @param {Event} event */
  choose(event) {
    if (event.target instanceof HTMLSelectElement) this.resend(event.target.name, event.target.value)
  }

  /** @param {string} name @param {string} value */
  resend(name, value) {
    this.enqueue(async () => {
      const data = new FormData(this.form)
      data.delete("files")
      data.set(name, value)
      this.say(await this.send(data))
    })
  }

  /** @param {() => Promise<void>} task */
  enqueue(task) {
    this.open += 1
    this.generate.disabled = true
    this.last = this.last.then(task).finally(() => {
      this.open -= 1
      this.generate.disabled = this.open > 0
    })
  }

  /** Send the form and show the lists it answers with; what went wrong otherwise, as a sentence.
   * @param {FormData} data @param {(share: number) => void} [onShare] @returns {Promise<string>} */
  send(data, onShare) {
    return new Promise((resolve) => {
      const request = new XMLHttpRequest()
      request.open("POST", this.form.action)
      request.responseType = "document"
      request.upload.addEventListener("progress", (event) => onShare?.(event.loaded / event.total))
      request.addEventListener("load", () => resolve(showLists(request.responseXML, request.status)))
      request.addEventListener("error", () => resolve("The connection was lost. Add the file again."))
      request.send(data)
    })
  }

  /** @param {string} name */
  addRow(name) {
    const row = document.createElement("li")
    row.className = "upload"
    const label = document.createElement("span")
    label.className = "file-name"
    label.textContent = name
    const state = document.createElement("span")
    state.className = "quiet"
    state.textContent = "Waiting"
    row.append(label, state)
    this.list.append(row)
    this.list.hidden = false
    return row
  }

  /** @param {string} words */
  say(words) {
    const said = this.form.querySelector("[data-said]")
    if (said && words) said.textContent = words
  }
}

/** @param {Document | null} page @param {number} status */
function showLists(page, status) {
  const fresh = ["documents", "expected"].map((id) => page?.getElementById(id))
  if (!fresh.every(Boolean)) {
    return status === 413 ? "It is too large to upload." : "It could not be uploaded. Reload the page and try again."
  }
  // A refused file keeps its own line: the next answer knows nothing of it.
  const refused = page?.querySelector("[data-refused]")
  const reason = refused?.querySelector("[data-reason]")?.textContent ?? ""
  refused?.remove()
  for (const part of fresh) if (part) replace(element(part.id), part.outerHTML)
  document.querySelector("[data-cannot]")?.remove()
  return reason
}

/** @param {HTMLElement} row @param {number} share */
function showShare(row, share) {
  const state = row.lastElementChild
  if (state) state.textContent = share < 1 ? `${Math.round(share * 100)} %` : "Reading …"
}

/** @param {HTMLElement} row @param {string} problem */
function showProblem(row, problem) {
  row.classList.add("is-failed")
  if (row.lastElementChild) row.lastElementChild.textContent = problem
}

/** @param {HTMLElement | null} submitter @param {string} value */
function isButton(submitter, value) {
  return submitter instanceof HTMLButtonElement && submitter.value.startsWith(value)
}
