// @ts-check
// Keys that do something by themselves. They can be switched off: not everybody presses one on purpose.

const SETTING = "fill-single-keys"

export function wantsSingleKeys() {
  try {
    return localStorage.getItem(SETTING) !== "off"
  } catch {
    return true
  }
}

/** @param {boolean} wanted */
export function keepSingleKeys(wanted) {
  try {
    localStorage.setItem(SETTING, wanted ? "on" : "off")
  } catch {
    // It holds for this page.
  }
}

/** The letter on the key, also where the keyboard writes Cyrillic or Greek, and with capitals locked. @param {KeyboardEvent} event */
export function letterOf({ key, code, shiftKey }) {
  if (key.length === 1 && key > "\u024f" && /^Key[A-Z]$/.test(code)) return code.slice(3).toLowerCase()
  return key.length === 1 && !shiftKey ? key.toLowerCase() : key
}
