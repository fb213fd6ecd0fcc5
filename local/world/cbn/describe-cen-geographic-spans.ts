import { action } from '../rpc/action';
import { byNumber } from '../rpc/paging';
import { PAGE, TEXT } from './parameters';
import { allSpans, spanId } from './regions';

/** The pairs of areas that a bandwidth package can join. */
export const describeCenGeographicSpans = action({
  product: 'cbn',
  name: 'DescribeCenGeographicSpans',
  parameters: { ...PAGE, GeographicSpanId: TEXT },
  handle(_, input) {
    const spans = allSpans().filter((span) => (input.GeographicSpanId ?? spanId(span)) === spanId(span));
    const { items, paging } = byNumber(spans, input);
    return {
      ...paging,
      GeographicSpanModels: {
        GeographicSpanModel: items.map((span) => ({
          GeographicSpanId: spanId(span),
          LocalGeoRegionId: span[0],
          OppositeGeoRegionId: span[1],
        })),
      },
    };
  },
});
