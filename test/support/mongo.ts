import mongoose from 'mongoose'

export async function dropDatabase(uri: string): Promise<void> {
  const connection = await mongoose.createConnection(uri, { serverSelectionTimeoutMS: 2000 }).asPromise()
  await connection.dropDatabase()
  await connection.close()
}
