import { defineModel } from '../model.ts'

/** boto3 and AWS Lambda handlers. */
export const cloud = defineModel({
  name: 'cloud',
  ambient: { boto3: 'boto3' },
  calls: {
    'boto3.client': { returns: 'boto3.Client' },
    'boto3.resource': { returns: 'boto3.Resource' },
    'boto3.session.Session': { returns: 'boto3.Session' },
    'boto3.Session': { returns: 'boto3.Session' },
  },
})
