import type { MessageName } from '../../kernel/messages.js'
import type { Template } from './template.js'

/** Gaps that every message has: `service`, and what its sender fills in. */
export const en: Partial<Record<MessageName, Template>> = {
  'sms-code': {
    subject: '',
    text: '{{code}} is your code for {{service}}. It is good for {{minutes}} minutes. Nobody of us will ever ask you for it.',
  },
  'email-code': {
    subject: '{{code}} is your code for {{service}}',
    text: `Your code for {{service}} is

{{code}}

It is good for {{minutes}} minutes, on the page that asked for it. Nobody of us will ever ask you for it.

If you did not ask for it, somebody may know your password: change it.
`,
  },
}
