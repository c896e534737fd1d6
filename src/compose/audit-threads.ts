import { Worker } from 'node:worker_threads'
import type { LogPart, PartReport } from '../audit/index.js'
import { Unavailable } from '../kernel/unavailable.js'
import {
  answerAcross,
  type AuditPartMessage,
  type AuditThreadData,
  type AuditThreadMessage,
  type PartEvents,
} from './audit-thread-messages.js'

/** Threads that check parts of the audit log. */
export interface AuditThreads {
  readonly verify: (part: LogPart) => Promise<PartReport>
  end(): Promise<void>
}

/** As many threads as parts are checked at once: each is started when it is first needed. */
export function auditThreads(data: AuditThreadData, events: PartEvents): AuditThreads {
  const idle: Worker[] = []
  const all: Worker[] = []
  const start = (): Worker => {
    const thread = startThread(data)
    all.push(thread)
    return thread
  }
  return {
    verify: async (part) => {
      const thread = idle.pop() ?? start()
      const report = await verifyIn(thread, part, events)
      idle.push(thread)
      return report
    },
    end: async () => {
      await Promise.all(all.map((thread) => thread.terminate()))
    },
  }
}

function startThread(data: AuditThreadData): Worker {
  // Started from source, the thread's file is compiled as it is loaded, like everything else.
  const isSource = import.meta.url.endsWith('.ts')
  const file = new URL(isSource ? './audit-part-thread.ts' : './audit-part-thread.js', import.meta.url)
  const execArgv = isSource ? ['--import', '@swc-node/register/esm-register'] : []
  return new Worker(file, { workerData: data, execArgv })
}

function verifyIn(thread: Worker, part: LogPart, events: PartEvents): Promise<PartReport> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number): void => reject(new Error(`a thread that checks the audit log ended with ${code}`))
    const settle = (end: () => void): void => {
      thread.off('error', reject).off('exit', onExit).off('message', onMessage)
      end()
    }
    const onMessage = (message: AuditThreadMessage): void => {
      switch (message.kind) {
        case 'report':
          return settle(() => resolve(message.report))
        case 'failed':
          return settle(() => reject(message.isUnavailable ? new Unavailable('store') : new Error(message.says)))
        case 'read':
          void answerAcross(events, message).then((answer) => thread.postMessage(answer))
      }
    }
    thread.on('error', reject).on('exit', onExit).on('message', onMessage)
    thread.postMessage({ kind: 'part', part } satisfies AuditPartMessage)
  })
}
