import type { CodegenConfig } from '@graphql-codegen/cli'

/** Types of the documents that client and console send, made from the golden schema. */
const config: CodegenConfig = {
  schema: ['schema/stepgate.graphql'],
  documents: ['schema/operations/*.graphql'],
  importExtension: '.js',
  generates: {
    'schema/generated/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: {
        documentMode: 'string',
        enumsAsTypes: true,
        useTypeImports: true,
        strictScalars: true,
        scalars: { DateTimeISO: 'string', JSON: 'unknown', JSONObject: 'Record<string, unknown>' },
        immutableTypes: true,
      },
    },
  },
}

export default config
