import { type CallModel, defineModel, sink, type Sink } from '../model.ts'

const stored: CallModel = { source: 'storage', label: 'a document of the database' }
const methods = ['find', 'findOne', 'findOneAndUpdate', 'findOneAndDelete', 'findOneAndReplace', 'updateOne', 'updateMany', 'deleteOne', 'deleteMany', 'replaceOne', 'count', 'countDocuments', 'exists', 'where', 'remove', 'findOneAndRemove', 'distinct', 'aggregate', 'update', 'findAll'] // prettier-ignore
const filter = (at: number): Sink[] => [{ ...sink('nosql', at), variant: 'filter' }]

/** MongoDB, by its driver or by Mongoose: an object in a filter is an operator. */
export const nosql = defineModel({
  name: 'nosql',
  ambient: { mongoose: 'mongoose', MongoClient: 'mongodb.MongoClient' },
  aliases: { 'mongoose.mongo': 'mongodb', mongo: 'mongodb' },
  calls: {
    'mongoose.Schema': { from: 'none', returns: 'mongoose.Schema' },
    'mongoose.model': { from: 'none', returns: 'mongo.Collection' },
    'mongodb.MongoClient': { from: 'none', returns: 'mongo.Client' },
    'mongo.Client.db': { from: 'none', returns: 'mongo.Database' },
    'mongo.Database.collection': { from: 'none', returns: 'mongo.Collection' },
    '*.collection': { from: 'none', returns: 'mongo.Collection' },
    ...Object.fromEntries(
      methods.filter((name) => name !== 'find' && name !== 'where').map((name) => [`mongo.Collection.${name}`, stored]),
    ),
    'mongo.Collection.find': stored,
    'mongo.Collection.findById': stored,
    'mongo-sanitize': { from: 0, safe: ['nosql'] },
    'express-mongo-sanitize.sanitize': { from: 0, safe: ['nosql'] },
    'mongoose.Types.ObjectId': { from: 0, returns: 'ObjectId', safe: ['nosql'] },
    'mongodb.ObjectId': { from: 0, returns: 'ObjectId', safe: ['nosql'] },
    'mongodb.ObjectID': { from: 0, returns: 'ObjectId', safe: ['nosql'] },
    ObjectId: { from: 0, returns: 'ObjectId', safe: ['nosql'] },
  },
  sinks: {
    ...Object.fromEntries(methods.map((name) => [`mongo.Collection.${name}`, name === 'distinct' ? filter(1) : filter(0)])),
    ...Object.fromEntries(
      methods
        .filter((name) => !/^(count|where|exists|remove|update|aggregate)$/.test(name))
        .map((name) => [`*.${name}`, [{ ...sink('nosql', 0), variant: 'named' }]]),
    ),
  },
})
