import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** Files that no program starts from and that TypeScript does not compile. */
const PLAIN = ['**/*.mjs', '**/*.cjs', '**/*.js'];

export default defineConfig(
  { ignores: ['dist/', '.compiled-*/', 'coverage/', '.data*/', 'src/store/prisma/', 'src/sync/expression/parser.js'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // An interface may be kept with a plain answer, and a template may hold a number.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      eqeqeq: 'error',
      'no-console': 'off',
    },
  },
  {
    // Workflow code is replayed: it may only do what does the same a second time. Date, Math.random and timers are
    // replaced by the SDK's sandbox and safe there; what reaches outside of the sandbox is not.
    files: ['src/workflows/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { regex: '^node:', message: 'Workflows are deterministic: reach the outside through an activity.' },
            {
              regex: '^@temporalio/(activity|client|worker|testing)',
              message: 'Workflow code only knows @temporalio/workflow and @temporalio/common.',
            },
          ],
        },
      ],
      'no-restricted-globals': [
        'error',
        { name: 'process', message: 'Not the same in every replay: hand it in as an argument.' },
        { name: 'fetch', message: 'Reach the outside through an activity.' },
        { name: 'performance', message: 'Not the same in every replay: use Date.now(), which the sandbox replaces.' },
        { name: 'crypto', message: 'Not the same in every replay: use uuid4() of @temporalio/workflow.' },
      ],
    },
  },
  {
    // A test calls `expect(object.method)` and hands partly known values around.
    files: ['test/**/*.ts'],
    rules: { '@typescript-eslint/unbound-method': 'off' },
  },
  { files: PLAIN, extends: [tseslint.configs.disableTypeChecked] },
);
