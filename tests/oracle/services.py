"""Matters, parks and growth, one organisation at a time (ODD 7.13, 7.17, 7.18)."""

import math

import numpy as np
from scipy.stats import t as student

from sim.core.draws import streams

MODES = ("joint", "office", "company", "outsourced")
KINDS = ("economic", "service", "social")


class Park:
    def __init__(self, number, organisation):
        self.number, self.organisation = number, organisation
        self.mode, self.short_years, self.result, self.result_sum = 0, 0, 0.0, 0.0
        self.difficulty = self.operator_ability = self.promise = self.pay = 0.0


class Queue:
    def __init__(self, reference):
        self.reference = reference
        self.backlog = self.pressure = self.turnaround = self.quality = self.user_cost = 0.0


class Services:
    """What happens outside the personnel system; mixed into the twin."""

    def demand_luck(self, decision, organisation):
        key = streams(np.array([self.replication]), np.array([organisation + 2**44]))
        return float(self.draws.normal(decision, self.quarter, key)[0])

    def found_services(self):
        self.cities = len(self.world["new_cities"])
        usual = 1 + self.behaviour["ability"]["output_sd"] * self.mu
        part = self.world["demand"]["service_part"]
        sizes = [0] * (self.cities + 1)
        social = 0
        for d in self.departments:
            sizes[d.organisation] += d.size if d.kind == 0 else 0
            social += d.size if d.kind == 1 else 0
        self.founding_posts, self.usual_output = sizes, usual
        brought = part * usual * sum(sizes[:-1])
        agencies = 1 + self.world["demand"]["agencies_part"] / brought if brought > 0 else 1.0
        self.economic = [Queue((1 - part) * usual * n) for n in sizes[:-1]]
        self.service = [Queue(part * usual * n * agencies) for n in sizes[:-1]]
        self.social = Queue(usual * social + self.world["demand"]["towns_part"])
        self.transferred = 0.0 if self.new_cities_with_social() else 1.0
        self.before, self.kept = [], 1.0
        self.parks = self._found_parks()

    def new_cities_with_social(self):
        return any(d.open and d.kind == 1 and d.organisation < self.cities for d in self.departments)

    # ---- matters

    def serve(self):
        """Bring matters to every queue, then the load, then what is decided and how."""
        hops, present = self._hops(), self._present()
        self._bring(hops)
        for kind, queues in (("economic", self.economic), ("service", self.service)):
            for i, queue in enumerate(queues):
                queue.people = [p for p in present if self._works(p, 0, i)]
                output = sum(p.output for p in queue.people)
                part = self.world["demand"]["service_part"]
                own = part * output + self._agencies(i) if kind == "service" else (1 - part) * output
                queue.capacity = own
        self.social.people = [p for p in present if p.worked_in.kind == 1]
        towns = self.world["towns"]["number"] * self.world["towns"]["capacity"]
        self.social.capacity = sum(p.output for p in self.social.people) + towns
        area = self._loads(present, towns)
        powers = self.structure["powers"]
        twice = max(0, powers["social_area"] + powers["social_towns"] - powers["social_items"])
        doubled = twice / powers["social_items"] * powers["shirking"]
        for queue in (*self.economic, *self.service):
            delay = hops[queue.kind] * powers["hop_quarters"]
            self._serve_one(queue, delay * area / self.world["demand"]["usual_load"])
        self._serve_one(self.social, hops["social"] * powers["hop_quarters"] + doubled)
        self._judge()

    def _present(self):
        """Everybody who worked this quarter, leavers included."""
        return [
            p for p in self.all if p.worked_in is not None and (p.employed or p.left_quarter == self.quarter)
        ]

    def _works(self, p, kind, organisation):
        return p.worked_in.kind == kind and p.worked_in.organisation == organisation

    def _hops(self):
        """Hand-offs of each kind of matter."""
        powers = self.structure["powers"]
        pending, levels = self._hand_over(), self.structure["tiers"] - 1
        lateral = powers["coordination"] if self.structure["tiers"] == 2 else 0.0
        return {
            "economic": (1 - powers["economic_local"] / powers["economic_items"]) * levels + lateral,
            "service": (1 - powers["service_local"] / powers["service_items"]) * levels + lateral,
            "social": (1 - powers["social_towns"] / powers["social_items"]) * levels + pending + lateral,
        }

    def _powers(self, kind):
        """Local share of decisions, and the share at which work was measured."""
        powers = self.structure["powers"]
        if kind == "economic":
            return powers["economic_local"] / powers["economic_items"], 3143 / 3454
        return powers["service_local"] / powers["service_items"], 469 / 545

    def _bring(self, hops):
        """Arrivals and work of every queue."""
        powers, demand = self.structure["powers"], self.world["demand"]
        c, channels = powers["deciding_work"], self.structure["channels"].values()
        way = sum(channel["share"] * channel["work"] for channel in channels)
        again = powers["handoff_work"] + (0.0 if powers["uniform_items"] else powers["handoff_error"])
        queues = [("economic", i, queue) for i, queue in enumerate(self.economic)]
        queues += [("service", i, queue) for i, queue in enumerate(self.service)]
        for kind, organisation, queue in [*queues, ("social", self.cities, self.social)]:
            luck = max(0.0, 1 + demand["sd"] * self.demand_luck(f"demand_{kind}", organisation))
            queue.kind, queue.arrivals = kind, demand["load"] * queue.reference * luck
            part = 1.0
            if kind != "social":
                own, measured = self._powers(kind)
                part = (1 - c + c * own) / (1 - c + c * measured)
            queue.work = queue.arrivals * part * way * (1 + again * hops[kind])

    def _agencies(self, i):
        """What agencies do of a new city's service matters."""
        terms, total = self.structure["agencies"], sum(self.founding_posts[:-1])
        work = terms["number"] * terms["work_each"] + self.agency_staff * self.usual_output
        return work * (self.founding_posts[i] / total if total else 1 / self.cities)

    def _escalated(self):
        """Work that the area level decides more than at the founding."""
        c, load, more = self.structure["powers"]["deciding_work"], self.world["demand"]["load"], 0.0
        for queue in (*self.economic, *self.service):
            own, measured = self._powers(queue.kind)
            per_matter = c / (1 - c + c * measured)
            more += queue.arrivals * per_matter * (1 - own)
            more -= load * queue.reference * per_matter * (1 - measured)
        return more

    def _loads(self, present, towns):
        """Load per person of every queue and department; that of the area level's economic departments."""
        usual, normal = self.usual_output, self.world["demand"]["usual_load"]

        def each(work, people):
            return max(0.0, work) / (usual * people) if people else normal

        for i, (economic, service) in enumerate(zip(self.economic, self.service, strict=True)):
            left = max(0.0, service.work - self._agencies(i))
            economic.load = service.load = each(economic.work + left, len(economic.people))
        self.social.load = each(self.social.work - towns, len(self.social.people))
        people = sum(self._works(p, 0, self.cities) for p in present)
        own = self.world["demand"]["load"] * usual * self.founding_posts[-1]
        area = each(own + self._escalated(), people)
        economic_loads = [*(queue.load for queue in self.economic), area]
        for d in self.departments:
            d.load = (economic_loads[d.organisation], self.social.load, normal)[d.kind]
        return area

    def _serve_one(self, queue, delay):
        demand, people = self.world["demand"], queue.people
        matters = queue.backlog + queue.work
        queue.backlog = matters - min(matters, queue.capacity)
        queue.pressure = queue.backlog / queue.capacity if queue.capacity > 0 else 0.0
        channel = sum(c["share"] * c["quarters"] for c in self.structure["channels"].values())
        queue.turnaround = queue.pressure + delay + channel
        care = [p.ability + p.unmeasured_effort + p.helped for p in people]
        mean = sum(care) / len(care) if care else self.mu
        queue.quality = mean - demand["delay_weight"] * queue.turnaround
        queue.quality -= demand["load_weight"] * (queue.load - demand["usual_load"])
        reward = sum(p.reward for p in people) / len(people) if people else 0.0
        queue.user_cost = self.behaviour["service"]["extraction"] * reward

    def _hand_over(self):
        terms = self.structure["divestment"]
        if self.new_cities_with_social():
            return 0.0
        if self.social.pressure <= terms["readiness"]:
            self.transferred = min(1.0, self.transferred + 1 / terms["quarters"])
        return 1 - self.transferred

    def mean_quality(self):
        economic = sum(q.quality for q in self.economic) / self.cities
        service = sum(q.quality for q in self.service) / self.cities
        return (economic + service + self.social.quality) / 3

    def _judge(self):
        quality = self.mean_quality()
        if not (self.changes and self.quarter > self.changes[0]):
            self.before, self.kept = [*self.before, quality], 1.0
        elif len(self.before) >= 2:
            n = len(self.before)
            mean = sum(self.before) / n
            sd = math.sqrt(sum((x - mean) ** 2 for x in self.before) / (n - 1))
            worst = float(student.ppf(1 - self.world["demand"]["false_alarm"], n - 1))
            since = self.quarter - n
            wander = self.world["demand"]["wander"]
            self.kept = float(quality >= mean - worst * sd * math.sqrt(1 + 1 / n + wander * since))

    # ---- parks

    def _park_stream(self, park):
        return streams(np.array([self.replication]), np.array([park.number + 2**45]))

    def _found_parks(self):
        terms, found = self.structure["parks"], []
        even, rest = divmod(terms["number"], self.cities)
        for city in range(self.cities):
            for _ in range(even + (city < rest)):
                found.append(Park(len(found), city))
        for park in found:
            stream = self._park_stream(park)
            park.difficulty = terms["industry_sd"] * float(self.draws.normal("park_difficulty", 0, stream)[0])
            if terms["mode"] == "chosen":
                park.mode = math.floor(4 * float(self.draws.uniform("park_mode", 0, stream)[0]))
            else:
                park.mode = MODES.index(terms["mode"])
            self._hire_operator(park)
        return found

    def _hire_operator(self, park):
        terms, v = self.structure["parks"], self.behaviour["hiring"]["validity"]
        keys = streams(
            self._park_stream(park).view(np.int64).repeat(terms["bidders"]), np.arange(terms["bidders"])
        )
        draw = lambda decision: self.draws.normal(decision, self.quarter, keys).tolist()  # noqa: E731
        gain = terms["market_gain"] if terms["market_terms"] else 0.0
        ability = [x + gain for x in draw("bidder_ability")]
        if terms["open_bid"]:
            promise = [
                a + terms["boldness"] * x for a, x in zip(ability, draw("bidder_boldness"), strict=True)
            ]
            best = max(range(len(ability)), key=lambda b: promise[b])
        else:
            promise = ability
            signal = [
                v * a + math.sqrt(1 - v * v) * x for a, x in zip(ability, draw("bidder_signal"), strict=True)
            ]
            best = max(range(len(ability)), key=lambda b: signal[b])
        park.operator_ability, park.promise, park.short_years = ability[best], promise[best], 0

    def operate(self):
        terms = self.structure["parks"]
        for park in self.parks:
            if terms["mode"] != "chosen":
                park.mode = MODES.index(terms["mode"])
            luck = float(self.draws.normal("park_result", self.quarter, self._park_stream(park))[0])
            park.result = (
                terms["mode_effects"][park.mode]
                + park.operator_ability
                + park.difficulty
                + terms["result_sd"] * luck
            )
            park.result_sum += park.result
            market = max(0.0, terms["market_pay"] + terms["bonus"] * park.result)
            park.pay = (market if terms["market_terms"] else 1.0) / self.year
        if self.quarter % self.year == 0:
            self._close_parks(terms)

    def _close_parks(self, terms):
        yearly = {park: park.result_sum / self.year for park in self.parks}
        for park in self.parks:
            short = yearly[park] < park.promise + park.difficulty - terms["tolerance"]
            park.short_years = park.short_years + 1 if short else 0
            quit_share = terms["quit"] if terms["market_terms"] else terms["quit"] / 2
            quits = (
                float(self.draws.uniform("park_quit", self.quarter, self._park_stream(park))[0]) < quit_share
            )
            if quits or (terms["market_terms"] and park.short_years >= terms["patience"]):
                self._hire_operator(park)
        if terms["mode"] == "chosen" and self.parks:
            best = max(self.parks, key=lambda park: (yearly[park], -park.number)).mode
            for city in range(self.cities):
                own = [park for park in self.parks if park.organisation == city]
                key = streams(np.array([self.replication]), np.array([city + 2**44]))
                if own and float(self.draws.uniform("imitate", self.quarter, key)[0]) < terms["imitation"]:
                    min(own, key=lambda park: (yearly[park], park.number)).mode = best
        for park in self.parks:
            park.result_sum = 0.0

    def park_effect(self, city):
        own = [park.result for park in self.parks if park.organisation == city]
        return sum(own) / len(own) if own else 0.0
