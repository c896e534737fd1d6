import { integer, optional, text, url } from './parsers.js'
import type { SettingTable } from './setting.js'

/** What people are sent, and how it reads. */
export const MESSAGE_SETTINGS = {
  messagesDirectory: {
    env: 'STEPGATE_MESSAGES_DIR',
    parser: optional(text),
    default: '',
    meaning: 'A folder with templates of your own, instead of or beside the built-in ones; see docs/messages.md.',
  },
  language: {
    env: 'STEPGATE_LANGUAGE',
    parser: text,
    default: 'en',
    meaning: 'The language of messages to people whose own has no templates.',
  },
  notMeUrl: {
    env: 'STEPGATE_NOT_ME_URL',
    parser: optional(url('http:', 'https:')),
    default: '',
    defaultNote: '`<public URL>/not-me`',
    meaning: 'The page that the "this was not me" links of notices lead to; the token is in the fragment.',
  },
  notMeSeconds: {
    env: 'STEPGATE_NOT_ME_LIFETIME',
    parser: integer(3_600, 2_592_000),
    default: '604800',
    unit: 'seconds',
    meaning: 'How long such a link is good for.',
  },
} as const satisfies SettingTable
