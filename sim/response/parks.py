"""Who bids for a specialty park (特色产业园区), and who wins."""

import numpy as np

from sim.core.arrays import Floats, Streams
from sim.core.draws import Draws, streams
from sim.settings.parks import ParkTerms


def winning_bids(
    terms: ParkTerms, validity: float, draws: Draws, quarter: int, park: Streams
) -> tuple[Floats, Floats]:
    """(ability, promise) of the bidders who win each park, shape of `park`."""
    bidder = streams(park[:, None].view(np.int64), np.arange(terms.bidders, dtype=np.int64)[None, :])
    ability = draws.normal("bidder_ability", quarter, bidder) + terms.market_gain * terms.market_terms
    if terms.open_bid:
        promise = ability + terms.boldness * draws.normal("bidder_boldness", quarter, bidder)
        best = promise.argmax(axis=1)
    else:
        signal = draws.normal("bidder_signal", quarter, bidder)
        promise, best = ability, (validity * ability + np.sqrt(1 - validity**2) * signal).argmax(axis=1)
    place = np.arange(park.size)
    return ability[place, best], promise[place, best]
