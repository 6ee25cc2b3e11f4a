/** Whether the keyboard map is shown; the header and a key open it. */
import { shallowRef } from 'vue'

export const isKeyboardMapShown = shallowRef(false)

export function showKeyboardMap(): void {
  isKeyboardMapShown.value = true
}
