// @ts-check
// Where files come from: chosen, dropped (folders too) or pasted.

/** What systems and Office leave in folders for themselves. */
const LITTER = /^(\.|~\$|(thumbs\.db|desktop\.ini|ehthumbs\.db)$)/i

/** @param {HTMLFormElement} form @param {(files: File[]) => void} take */
export function watchDrops(form, take) {
  const place = /** @type {HTMLElement} */ (form.querySelector("[data-drop]"))
  for (const name of ["files", "folder"]) {
    const input = /** @type {HTMLInputElement} */ (document.getElementById(name))
    form.querySelector(`[data-pick="${name}"]`)?.addEventListener("click", () => input.click())
    input.addEventListener("change", () => {
      take([...(input.files ?? [])].filter(isWanted))
      input.value = ""
    })
  }
  watchDragging(place, take)
  addEventListener("paste", (event) => {
    const files = [...(event.clipboardData?.files ?? [])]
    if (!files.length) return
    event.preventDefault()
    take(files.filter(isWanted))
  })
}

/** @param {HTMLElement} place @param {(files: File[]) => void} take */
function watchDragging(place, take) {
  const over = (/** @type {boolean} */ is) => place.classList.toggle("is-over", is)
  // Anywhere on the page: a file dropped beside the box must not open in its place.
  addEventListener("dragover", (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return
    event.preventDefault()
    over(true)
  })
  addEventListener("dragleave", (event) => event.relatedTarget ?? over(false))
  addEventListener("drop", async (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return
    event.preventDefault()
    over(false)
    take((await readDropped(event.dataTransfer)).filter(isWanted))
  })
}

/** All files of a drop, those in its folders too. @param {DataTransfer} data */
async function readDropped(data) {
  // Both lists are gone once this function has waited for anything.
  const files = [...data.files]
  const entries = [...data.items].map((item) => item.webkitGetAsEntry?.() ?? null)
  if (!entries.some((entry) => entry?.isDirectory)) return files
  const found = await Promise.all(entries.map((entry) => (entry ? readEntry(entry) : [])))
  return found.flat()
}

/** @param {FileSystemEntry} entry @returns {Promise<File[]>} */
async function readEntry(entry) {
  if (LITTER.test(entry.name)) return []
  if (entry.isFile) return [await new Promise((done, fail) => /** @type {FileSystemFileEntry} */ (entry).file(done, fail))]
  const reader = /** @type {FileSystemDirectoryEntry} */ (entry).createReader()
  const found = []
  for (;;) {
    /** @type {FileSystemEntry[]} */
    const some = await new Promise((done, fail) => reader.readEntries(done, fail))
    // A folder is read a hundred at a time, until there are no more.
    if (!some.length) return found
    found.push(...(await Promise.all(some.map(readEntry))).flat())
  }
}

/** Whether somebody meant this file: nothing on its way is hidden. @param {File} file */
function isWanted(file) {
  return !(file.webkitRelativePath || file.name).split("/").some((part) => LITTER.test(part))
}
