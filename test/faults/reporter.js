import { appendFileSync } from 'node:fs'

/** Tells what became of each test file as soon as it is done: with `--bail`, jest ends without a report of its own. */
export default class Reporter {
  onTestResult(_test, { testResults, testExecError, failureMessage, numPassingTests }) {
    const failed = testResults.find(({ status }) => status === 'failed')
    const line = {
      passed: numPassingTests,
      failed: failed ? { name: failed.fullName, message: failed.failureMessages[0] ?? '' } : null,
      broken: testExecError || (failureMessage && !failed) ? String(failureMessage ?? '') : null,
    }
    appendFileSync(process.env.STEPGATE_FAULT_REPORT, `${JSON.stringify(line)}\n`)
  }
}
