/** The names of payload types, for rules, which know the ledger and no site. */
export { modelName, ownerOfModel, typesOf } from '../sites/parts/naming.js'
