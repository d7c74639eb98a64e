import { logistic } from '../numeric/ridge-logistic.ts';
import { type ReturnFeatures, type ReturnModel, returnFeatures } from './return-model.ts';

/**
 * The chance of another order within the model's horizon, 0..1; never rises while nobody orders.
 *
 * Where the model says `ranking` the number orders customers and means nothing else.
 */
export const returnChanceOf = ({ intercept, weights }: ReturnModel, features: ReturnFeatures): number =>
  logistic(returnFeatures.reduce((sum, name) => sum + weights[name] * features[name], intercept));
