import tseslint from 'typescript-eslint'

export default tseslint.config(
  {ignores: ['dist', 'coverage', 'node_modules']},
  ...tseslint.configs.recommended,
  {
    files: ['src/**/*.ts', 'test/**/*.ts'],
    languageOptions: {parserOptions: {projectService: true}},
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', {checksVoidReturn: false}],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', {considerDefaultExhaustiveForUnions: true}],
      '@typescript-eslint/no-unnecessary-type-assertion': 'error',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        {ignoreRestSiblings: true, argsIgnorePattern: '^_', varsIgnorePattern: '^_'},
      ],
      '@typescript-eslint/consistent-type-imports': ['error', {fixStyle: 'inline-type-imports'}],
    },
  },
  {
    // The rules stay pure: time is passed in, nothing is read from the process.
    files: ['src/domain/**/*.ts'],
    rules: {
      'no-restricted-globals': ['error', 'process', 'console', 'setTimeout', 'setInterval', 'fetch'],
      'no-restricted-properties': ['error', {object: 'Date', property: 'now', message: 'Time is passed in.'}],
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/domain/**'],
    rules: {'no-console': 'error'},
  },
  {
    // Node takes a time above 24.8 days for "at once".
    files: ['src/**/*.ts'],
    ignores: ['src/domain/**', 'src/process/timer.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        {name: 'setTimeout', message: 'src/process/timer.ts sets timers.'},
        {name: 'setInterval', message: 'src/process/timer.ts sets timers.'},
      ],
    },
  },
  {files: ['**/*.cjs'], rules: {'@typescript-eslint/no-require-imports': 'off'}},
)
