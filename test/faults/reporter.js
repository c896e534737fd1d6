import { appendFileSync } from 'node:fs'

/**
 * Reports the result of each test file as soon as it is done, because with `--bail` jest ends without a report of its
 * own.
 */
export default class Reporter {
  // One failure is enough to catch a fault: the tests after it need not run.
  onTestCaseResult(_test, { status, fullName, failureMessages }) {
    if (status !== 'failed') return
    report({ passed: 0, failed: { name: fullName, message: failureMessages[0] ?? '' }, broken: null })
    process.exit(1)
  }

  onTestResult(_test, { testResults, testExecError, failureMessage, numPassingTests }) {
    const failed = testResults.find(({ status }) => status === 'failed')
    report({
      passed: numPassingTests,
      failed: failed ? { name: failed.fullName, message: failed.failureMessages[0] ?? '' } : null,
      broken: testExecError || (failureMessage && !failed) ? String(failureMessage ?? '') : null,
    })
  }
}

const report = (line) => appendFileSync(process.env.STEPGATE_FAULT_REPORT, `${JSON.stringify(line)}\n`)
