// @ts-check
// Importing from Word: files dropped and read, and each decision kept as soon as it is made.

const PAUSE = 500
const NOT_SAVED =
  "Not saved: the connection is lost, or you are signed out. It is tried again with your next change."

/** The form where reports are given. @param {HTMLFormElement} form */
export function watchImportFiles(form) {
  const place = /** @type {HTMLElement} */ (form.querySelector("[data-import-drop]"))
  const input = /** @type {HTMLInputElement} */ (form.querySelector("input[type=file]"))
  const over = (/** @type {boolean} */ is) => place.classList.toggle("is-over", is)
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
    input.files = event.dataTransfer.files
  })
  sayBusy(form, "Reading the reports …")
}

/** The form where what they propose is looked through. @param {HTMLFormElement} form */
export function watchImport(form) {
  const said = /** @type {HTMLElement} */ (form.querySelector("[data-import-said]"))
  /** @type {Map<Element | null, ReturnType<typeof setTimeout>>} */
  const waiting = new Map()
  /** @type {Set<Element | null>} */
  const failed = new Set()
  let sending = Promise.resolve()
  let unsent = 0

  /** With what could not be saved before. @param {...(Element | null)} parts */
  function save(...parts) {
    for (const part of parts) {
      clearTimeout(waiting.get(part))
      waiting.delete(part)
    }
    unsent += 1
    // One after the other: what was decided last is kept last.
    sending = sending.then(async () => {
      for (const part of new Set([...failed, ...parts])) {
        if (await send(form, part)) failed.delete(part)
        else failed.add(part)
      }
      unsent -= 1
      if (form.dataset.sent) return
      if (failed.size) said.textContent = NOT_SAVED
      else if (!unsent && !waiting.size) said.textContent = "Saved"
    })
  }

  form.addEventListener("input", (event) => {
    const part = event.target instanceof Element ? event.target.closest("[data-proposal]") : null
    clearTimeout(waiting.get(part))
    waiting.set(part, setTimeout(save, PAUSE, part))
    said.textContent = "Saving …"
  })
  form.addEventListener("change", (event) => {
    const target = event.target
    if (target instanceof Element) save(target.closest("[data-proposal]"))
  })
  addEventListener("online", () => {
    if (failed.size) save()
  })
  addEventListener("beforeunload", (event) => {
    if ((waiting.size || unsent || failed.size) && !form.dataset.sent) event.preventDefault()
  })
  sayBusy(form, "Making the template …")
}

/** One part, or the template's name and look, kept; whether it was. @param {HTMLFormElement} form @param {Element | null} part */
async function send(form, part) {
  if (form.dataset.sent) return true
  const fields = readFields(form, part)
  try {
    const response = await fetch(location.pathname, { method: "POST", body: fields, redirect: "manual" })
    if (!response.ok) throw new Error(String(response.status))
    const page = new DOMParser().parseFromString(await response.text(), "text/html")
    if (part) put(part, page)
    const counts = page.querySelector(".import-counts")
    if (counts instanceof HTMLElement) {
      form.querySelector("[data-counts]")?.replaceChildren(counts)
      const calls = form.querySelector("[data-calls-shown]")
      if (calls) calls.textContent = counts.dataset.calls ?? ""
    }
    return true
  } catch {
    return false
  }
}

/** @param {HTMLFormElement} form @param {Element | null} part */
function readFields(form, part) {
  const fields = new FormData()
  fields.set("do", "part")
  for (const [name, value] of new FormData(form)) {
    if (name === "csrfmiddlewaretoken") fields.set(name, value)
  }
  const inside = [...form.elements].filter((one) => one.closest("[data-proposal]") === part)
  for (const one of inside) {
    if (!(one instanceof HTMLInputElement || one instanceof HTMLSelectElement || one instanceof HTMLTextAreaElement)) continue
    if (one instanceof HTMLInputElement && one.type === "checkbox" && !one.checked) continue
    if (one.name) fields.append(one.name, one.value)
  }
  return fields
}

/** The part as it is now. Where only words were typed its fields stay, and with them the cursor. @param {Element} part @param {Document} page */
function put(part, page) {
  const fresh = page.querySelector("[data-proposal]")
  if (!fresh) return
  const kind = (/** @type {Element} */ one) => /** @type {HTMLSelectElement | null} */ (one.querySelector("select"))?.value
  const was = (/** @type {Element} */ one) => /** @type {HTMLInputElement | null} */ (one.querySelector("[name^=was-]"))?.value
  part.className = fresh.className
  if (was(part) === was(fresh)) {
    for (const place of [".proposal-head", ".proposal-reason"]) {
      const now = fresh.querySelector(place)
      if (now) part.querySelector(place)?.replaceWith(now)
    }
    return
  }
  const had = part.contains(document.activeElement) ? document.activeElement?.id : ""
  if (kind(part) !== kind(fresh)) return
  part.replaceChildren(...fresh.childNodes)
  if (had) document.getElementById(had)?.focus()
}

/** Sent once, and said so. @param {HTMLFormElement} form @param {string} words */
function sayBusy(form, words) {
  const said = form.querySelector("[data-import-said]")
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) return event.preventDefault()
    form.dataset.sent = "yes"
    if (said) said.textContent = words
  })
  addEventListener("pageshow", () => {
    delete form.dataset.sent
    if (said) said.textContent = ""
  })
}
