import { integer, optional, text, url } from './parsers.js'
import type { SettingSections } from './setting.js'

/** The messages that people are sent, and their language. */
export const MESSAGE_SETTINGS = {
  messages: {
    directory: {
      env: 'STEPGATE_MESSAGES_DIR',
      parser: optional(text),
      default: '',
      meaning:
        'A folder with your own templates, in addition to or instead of the built-in ones. See docs/messages.md.',
    },
    language: {
      env: 'STEPGATE_LANGUAGE',
      parser: text,
      default: 'en',
      meaning: 'The language of messages to people whose own language has no templates.',
    },
    notMeUrl: {
      env: 'STEPGATE_NOT_ME_URL',
      parser: optional(url('http:', 'https:')),
      default: '',
      defaultNote: '`<public URL>/not-me`',
      meaning: 'The page that “This wasn’t me” links lead to. The token is in the fragment.',
    },
    notMeSeconds: {
      env: 'STEPGATE_NOT_ME_LIFETIME',
      parser: integer(3_600, 2_592_000),
      default: '604800',
      unit: 'seconds',
      meaning: 'How long a “This wasn’t me” link works.',
    },
  },
} as const satisfies SettingSections
