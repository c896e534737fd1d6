import { NO_EVENTS, type ChangeEvents } from '../../../src/audit/index.js'

let carried = NO_EVENTS

/** The events that every method of the list is given: none, unless a test says which. */
export const EVENTS: ChangeEvents = {
  get entry() {
    return carried.entry
  },
  get capacity() {
    return carried.capacity
  },
  stored: (holder) => carried.stored(holder),
  makeRoom: (holder) => carried.makeRoom(holder),
}

/** From now on, the methods of the list carry these events. */
export function carry(events: ChangeEvents): void {
  carried = events
}
