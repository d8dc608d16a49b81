// @ts-check
// Help with the instructions of a block.

/** @param {import("./card.js").Card} card @param {HTMLFormElement} form */
export function helpWriting(card, form) {}
