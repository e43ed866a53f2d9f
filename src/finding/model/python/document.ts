import { defineModel, sink, type Sink } from '../model.ts'

const query: Sink[] = [sink('nosql', 0, 'filter')]

/** MongoDB and its like. */
export const document = defineModel({
  name: 'document',
  ambient: { pymongo: 'pymongo', MongoClient: 'pymongo.MongoClient' },
  calls: {
    'pymongo.MongoClient': { returns: 'pymongo.Client' },
    'motor.motor_asyncio.AsyncIOMotorClient': { returns: 'pymongo.Client' },
    'flask_pymongo.PyMongo': { returns: 'pymongo.Client' },
  },
  sinks: {
    '*.find_one': query,
    '*.find': [{ ...sink('nosql', 0, 'filter'), variant: 'find' }],
    '*.find_one_and_update': query,
    '*.find_one_and_delete': query,
    '*.find_one_and_replace': query,
    '*.update_one': query,
    '*.update_many': query,
    '*.delete_one': query,
    '*.delete_many': query,
    '*.replace_one': query,
    '*.count_documents': query,
    '*.aggregate': [sink('nosql', 0, 'pipeline')],
  },
})
