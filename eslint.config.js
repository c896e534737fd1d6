import js from '@eslint/js'
import { defineConfig, globalIgnores } from 'eslint/config'
import tseslint from 'typescript-eslint'

const CLOCK = 'Time comes from the Clock, so that tests can stand it still.'
const RANDOM = 'Randomness comes from Secrets.random or newId.'
const ENVIRONMENT = 'Only config/ reads the environment.'

const environmentRules = [
  { object: 'process', property: 'env', message: ENVIRONMENT },
  { object: 'Math', property: 'random', message: RANDOM },
]

export default defineConfig(
  globalIgnores(['dist/', 'coverage/', '**/generated/']),
  { linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.{js,cjs}'],
    languageOptions: { globals: { module: 'writable', require: 'readonly', process: 'readonly', console: 'readonly' } },
  },
  {
    // Runs in browsers unchanged.
    files: ['src/http/pages/*/browser/*.js'],
    languageOptions: {
      globals: Object.fromEntries(
        [
          ...[
            'document',
            'location',
            'history',
            'navigator',
            'self',
            'globalThis',
            'indexedDB',
            'crypto',
            'Notification',
          ],
          ...['fetch', 'btoa', 'TextEncoder', 'setInterval', 'addEventListener', 'HTMLElement'],
          ...['URLSearchParams', 'PublicKeyCredential', 'setTimeout'],
        ].map((name) => [name, 'readonly']),
      ),
    },
    rules: { 'max-lines': ['error', 300], 'no-console': 'error' },
  },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/ban-ts-comment': [
        'error',
        { 'ts-expect-error': true, 'ts-ignore': true, 'ts-nocheck': true },
      ],
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      // `return next()` is a guard clause.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // An async function without await turns throws into rejections, which is what a port promises.
      '@typescript-eslint/require-await': 'off',
      // Secrets and user text are counted and cleaned by code point, control characters included.
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      'no-control-regex': 'off',
      // newId<FactorId>() names the type of the result; that is the parameter's use.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      // GraphQL's syntax tree is an enum in TypeScript and text everywhere else.
      '@typescript-eslint/no-unsafe-enum-comparison': 'off',
      // It takes a third of eslint's time, for enums, which we do not have, and for classes that libraries require.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
      // The embedded store removes the paths an update names.
      '@typescript-eslint/no-dynamic-delete': 'off',
      'no-else-return': ['error', { allowElseIf: false }],
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx', 'hack'] }],
      'prefer-const': 'error',
    },
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    rules: {
      'max-lines': ['error', 300],
      'no-console': 'error',
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true, named: true, defaultFrom: true } }],
      'no-restricted-imports': [
        'error',
        {
          paths: [
            { name: 'process', importNames: ['env'], message: ENVIRONMENT },
            { name: 'node:process', importNames: ['env'], message: ENVIRONMENT },
          ],
          patterns: [
            { regex: '^(\\.\\./)+(test|bench|examples|scripts)/', message: 'The product never imports what tests it.' },
          ],
        },
      ],
      'no-restricted-properties': ['error', ...environmentRules, { object: 'Date', property: 'now', message: CLOCK }],
      'no-restricted-syntax': [
        'error',
        { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: CLOCK },
      ],
    },
  },
  {
    // The clock itself, and what uses the machine's time: dates of files and of log lines.
    files: ['src/kernel/clock.ts', 'src/store/embedded/lock-directory.ts', 'src/logging/*.ts'],
    rules: { 'no-restricted-properties': ['error', ...environmentRules], 'no-restricted-syntax': 'off' },
  },
  {
    // Runs in browsers, which have no clock of ours.
    files: ['src/client/*.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: ['src/config/**/*.ts'],
    rules: { 'no-restricted-properties': 'off', 'no-restricted-imports': 'off' },
  },
  {
    // The command line writes to its user; everything else writes to the logger.
    files: ['src/main.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['test/**/*.ts', 'bench/**/*.ts', 'examples/**/*.ts', 'scripts/**/*.ts'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/unbound-method': 'off',
      'no-restricted-properties': [
        'error',
        ...['it', 'test', 'describe'].map((object) => ({
          object,
          property: 'only',
          message: 'Run one test by its name.',
        })),
      ],
    },
  },
)
