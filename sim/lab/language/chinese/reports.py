"""What reports, figures and stories say."""

ANSWERS = {
    "{size}, 95 % interval {span}": "{size}，95 % 区间 {span}",
    "**In this simulation {moves}** ({effect}; {window}, {count}).": "**在本模拟中，{moves}**（{effect}；{window}，{count}）。",
    "`{a}` lowers {label}{by} compared with `{b}`": "与 `{b}` 相比，`{a}` 使{label}下降{by}",
    "`{a}` raises {label}{by} compared with `{b}`": "与 `{b}` 相比，`{a}` 使{label}上升{by}",
    "`{a}` leaves {label} exactly as under `{b}`": "`{a}` 下的{label}与 `{b}` 下完全相同",
    "`{a}` has no effect on {label} whose sign could be told ({why}), compared with `{b}`": (
        "与 `{b}` 相比，`{a}` 对{label}的影响方向无法判断（{why}）"
    ),
    " by {size}": " {size}",
    (
        "**Nothing differs**: `{a}` and `{b}` have the same place, people and rules in every quarter, so that there is "
        "nothing to compare."
    ): "**没有任何差异**：`{a}` 与 `{b}` 在每个季度的地区、人员和规则都相同，因此没有可比较的。",
    (
        "**Nothing differs** in the results: over {window} every outcome compared is the same under `{a}` and `{b}` in "
        "every replication, although their settings differ."
    ): "结果**没有任何差异**：在{window}，每一次重复中 `{a}` 与 `{b}` 下的每个结果都相同，尽管两者的设定不同。",
    (
        "**No headline**: over {window} the rules of `{a}` and `{b}` are the same; they differ in {elsewhere} only. "
        "{after} `--window {first}:{last}` looks at quarters in which they differ."
    ): (
        "**没有结论**：在{window}，`{a}` 与 `{b}` 的规则相同；两者只在{elsewhere}不同。{after}"
        "用 `--window {first}:{last}` 可以看两者不同的季度。"
    ),
    "What differs in the window was left behind by those quarters and is no effect of rules in force.": (
        "窗口内的差异是那些季度留下的，不是生效规则的效应。"
    ),
    "They have not begun to differ in the window.": "在窗口内两者还没有开始不同。",
    "The baseline is {b}, which the others extend.": "基线是 {b}，其余情景都由它扩展而来。",
    "The baseline is {b}, the first named: no scenario is extended by all the others.": (
        "基线是 {b}，即第一个情景：没有一个情景是其余情景都扩展的。"
    ),
    "The baseline is {b}, as asked for.": "基线是 {b}，按要求选择。",
    "Changed from the files: {changes}.": "与文件不同之处：{changes}。",
    "; changed from the files{changes}": "；与文件不同{changes}",
    " ({changes})": "（{changes}）",
    "rules of {file}": "{file} 的规则",
    "{count} more": "另外 {count} 处",
    "quarters {named}": "第 {named} 季度",
    (
        "Reported scores move by {score} ability SD ({score_span}) and the true contribution behind them (ability and "
        "effort, leaving out vacancies and newcomers' learning) by {truth} ({truth_span}), {verdict} (by {gap}, {gap_span})."
    ): (
        "上报得分变动 {score} 个能力标准差（{score_span}），其背后的真实贡献（能力与努力，不计空岗和新人学习）变动 "
        "{truth}（{truth_span}），{verdict}（{gap}，{gap_span}）。"
    ),
    "so no change of the gap between report and truth can be told ({why})": "因此无法判断上报与真实之差是否变化（{why}）",
    "so the gap between report and truth widens": "因此上报与真实之差扩大",
    "so the gap between report and truth narrows": "因此上报与真实之差缩小",
    "A single run has no baseline, so it cannot answer the question: `sim compare` with a baseline can.": (
        "单独一次运行没有基线，因此不能回答这个问题；请用 `sim compare` 与基线比较。"
    ),
    "In this simulation, `{a}` shows over {window}: {parts} (means of {count} with 95 % intervals).": (
        "在本模拟中，`{a}` 在{window}的结果为：{parts}（{count}的均值及 95 % 区间）。"
    ),
    "The cost, against the same baseline: {parts}.": "与同一基线相比的代价：{parts}。",
    (
        "True service quality moves by {size} ability SD ({span}); that users be served no worse than before the "
        "first change (办事体验不降), the luck of those quarters allowed for, holds in {kept} of the window's quarters "
        "(where nothing changes, luck alone breaks it in about one of twenty, by default)."
    ): "真实服务质量变动 {size} 个能力标准差（{span}）；办事体验不降（不低于首次改变之前各季度，已计入其偶然波动）在窗口内 {kept} 的季度成立（按默认值，即使什么都不变，仅凭运气也约有二十分之一的季度不成立）。",
    "no change in any replication": "任何一次重复中都没有变化",
    ": ": "：",
    ", ": "、",
    "; ": "；",
    " and ": "和",
    "the interval includes 0": "区间包含 0",
    "no interval": "无区间",
    "{low} to {high}": "{low} 至 {high}",
    "quarters {first}–{last}{calendar}": "第 {first}–{last} 季度{calendar}",
}

COUNTS = {
    "replications": "次重复",
    "paired replications": "对配对重复",
    "scenarios": "个情景",
    "times": "次",
    "points": "个点",
    "assumed values": "个假设值",
}

SUMMARIES = {
    "{name}: {count}, seed {seed}": "{name}：{count}，种子 {seed}",
    "{name} over {count}": "{name}：{count}",
    "{a} less {b}:": "{a} 减 {b}：",
    "{label}, less {b}:": "{label}，减 {b}：",
    "Simulated; rests on {count}, no finding about the real place.": "模拟结果；以{count}为基础，不是关于真实地区的结论。",
    "Warning: {warning}": "警告：{warning}",
    "The same input was run before; this is its stored result (--again runs it anew).": (
        "相同的输入已经运行过；这是已存的结果（--again 可重新运行）。"
    ),
    "Report: {path} (and {other})": "报告：{path}（以及 {other}）",
    "Tables: {path} (sim open {path} writes the report)": "表格：{path}（用 sim open {path} 生成报告）",
    "Figure: {path}": "图：{path}",
}

REPORTS = {
    "Warnings": "警告",
    "What this does not say": "本报告没有说什么",
    "How it was made": "如何得出",
    "What was compared": "比较了什么",
    "The other regimes": "其他制度",
    "Effects": "效应",
    "Levels": "水平",
    "How it moves in time": "随时间的变化",
    "The regimes against each other": "各制度两两相比",
    "Who is flagged": "谁被认定",
    "Pay against contribution": "薪酬与贡献",
    "Up, down, in and out": "上、下、进、出",
    "Assumed parameters": "假设的参数",
    "Differences to the first point": "与第一个点的差异",
    "{a} compared with {b}: a simulated new area": "{a}与{b}的比较：一个模拟的新区",
    "{a}: a simulated new area": "{a}：一个模拟的新区",
    "{name} over a grid of settings": "{name}：参数网格",
    (
        "These are statements about a simulation, not about a place. Nothing here is a finding about the real new "
        "area: the article that describes the regime reports no outcome data, and nothing was fitted to the place. "
        "Most parameters of behaviour are assumed or taken from other settings (listed below); another plausible "
        "choice may change sizes and signs. Intervals are 95 % intervals over replications: they measure the luck "
        "inside the simulation only, and become as narrow as one likes with more replications; they say nothing about "
        "whether the assumptions are right. With many outcomes in a table, about one in twenty intervals misses its "
        "value by luck alone."
    ): (
        "以下陈述针对一个模拟，而不是某个地区。这里没有任何关于真实新区的结论：介绍该制度的文章没有给出结果数据，也没有任何参数"
        "是按该地区拟合的。多数行为参数是假设的，或取自其他场合（见下表）；换一种同样合理的取值，大小和方向都可能改变。区间是各次"
        "重复上的 95 % 区间：它只度量模拟内部的运气，重复越多就越窄，并不说明假设是否正确。表中结果很多，大约每二十个区间就有一个"
        "仅因运气而不含其真值。"
    ),
    "{label} ({unit}) under the row's regime less that under the column's, paired, with 95 % intervals.": (
        "行所示制度下的{label}（{unit}）减去列所示制度下的数值，配对，附 95 % 区间。"
    ),
    (
        "Every scenario was simulated {times} with the same luck: a person meets the same draws under every "
        "regime, and differences are taken replication by replication (common random numbers).{lived}"
    ): (
        "每个情景都在相同的运气下模拟了 {times}：同一个人在每种制度下遇到同样的随机抽取，差异逐次重复相减（公共随机数）。{lived}"
    ),
    " The regimes change after {reforms} has closed.": "制度在{reforms}结束后改变。",
    "quarter {quarter}": "第 {quarter} 季度",
    (
        "Paired differences to {b} of means over {window}, with 95 % intervals over replications. Where the interval "
        "includes 0, the sign is uncertain. Flows of people are given per 100 people employed and year. The last "
        "column says whether a clear difference is for better or worse, where that can be said of the outcome."
    ): (
        "{window}均值与{b}的配对差异，附各次重复上的 95 % 区间。区间包含 0 时，方向不确定。人员流动按每百名在职人员每年计。最后一列"
        "说明明确的差异是变好还是变差（在可以这样说的结果上）。"
    ),
    "Means are taken over {window}: {why}.": "均值取自{window}：{why}。",
    "the last eight quarters, the default": "最后八个季度，即默认",
    "as asked for": "按要求选择",
    "`{a}` differs from the baseline in {quarters} only.": "`{a}` 只在{quarters}与基线不同。",
    "Intervals are 95 % intervals over replications.": "区间是各次重复上的 95 % 区间。",
    (
        "True ability is known in a simulation and to no appraiser. Were flags drawn by lot, a tenth of them would "
        "fall on each tenth of ability; the more they fall to the left, the better they find the least able."
    ): (
        "真实能力在模拟中是已知的，但任何考核者都不知道。如果认定由抽签决定，每个能力十分位上会各有十分之一；越集中在左侧，说明越能"
        "找到能力最低的人。"
    ),
    "The results rest on **{count}**: numbers and choices without a source. {sources}": (
        "结果以 **{count}** 为基础，即没有来源的数值和选择。{sources}"
    ),
    "Values in force under {name} by kind of source: {counts}.": "{name}下生效的数值按来源分类：{counts}。",
    "{text} 95 % intervals, {count}{against}.": "{text}95 % 区间，{count}{against}。",
    ", baseline {b}": "，基线为{b}",
    "The comparison at a glance.": "比较一览。",
    "Effects with their intervals.": "效应及其区间。",
    "Differences to the baseline by quarter.": "各季度与基线的差异。",
    "Key outcomes by quarter.": "各季度的主要结果。",
    "Share of the flags by tenth of true ability.": "按真实能力十分位的认定占比。",
    "Pay by tenth of true contribution.": "按真实贡献十分位的薪酬。",
    "Flows of people.": "人员流动。",
    "All effects of {name}": "{name}的全部效应",
    "the baseline": "基线",
    "nothing": "无",
    "scenario": "情景",
    "question": "问题",
    "parts of the regime that differ from the baseline in the window": "窗口内与基线不同的制度部分",
    (
        "`{name}` was simulated at {points} of a grid, {replications} each, all with seed {seed}: the points share "
        "their luck, so differences to the first point are paired. Means over quarters {window}. Simulated; rests on "
        "{count}: nothing here is a finding about the real place."
    ): (
        "`{name}` 在网格的 {points}上模拟，每点 {replications}，种子均为 {seed}：各点运气相同，因此与第一个点的差异是配对的。第 {window} "
        "季度的均值。模拟结果，以{count}为基础：这里没有关于真实地区的结论。"
    ),
}

TABLES = {
    "kind": "类型",
    "stock": "存量",
    "flow": "流量",
    "rate": "比率",
    "from {source}": "来自 {source}",
    "a way of leaving": "一种离开方式",
    "more is better": "越多越好",
    "less is better": "越少越好",
    "no outcome mentions {only}": "没有结果提到 {only}",
    "**{unit}**: {meaning}": "**{unit}**：{meaning}",
    (
        "A stock is there at the end of the quarter, a flow is of the quarter, a mean is over people, posts or parks, "
        "a rate is a share or another ratio. Reports show means over the quarters of a window; what is told per 100 "
        "people and year is weighted by the people employed."
    ): "存量是季度末的数量，流量是本季度的数量，均值按人、岗位或园区平均，比率是比例或其他比值。报告显示窗口内各季度的均值；每百人每年的指标按在职人数加权。",
    "outcome": "结果",
    "unit": "单位",
    "baseline": "基线",
    "difference": "差异",
    "95 % interval": "95 % 区间",
    "relative": "相对",
    "sign": "方向",
    "mean": "均值",
    "name": "名称",
    "meaning": "含义",
    "better is": "越好的是",
    "parameter": "参数",
    "value": "数值",
    "source": "来源",
    "in": "用于",
    "all": "全部",
    "All {count}": "全部 {count}",
    "more than tenfold": "十倍以上",
    "unchanged": "不变",
    "uncertain": "不确定",
    " (uncertain)": "（不确定）",
    "up": "上升",
    "down": "下降",
    "better": "变好",
    "worse": "变差",
    "more": "更多",
    "less": "更少",
    "neither": "无所谓好坏",
    "row less column": "行减列",
    "What the outcomes mean": "各结果的含义",
    "seed {seed}, {runs} of each of {scenarios}: {names}": "种子 {seed}，{scenarios}各 {runs}：{names}",
    "means over {window}": "{window}的均值",
    "code version": "代码版本",
    ", commit {hash}": "，提交 {hash}",
    ", no commit known": "，提交未知",
    " with changes that are not committed": "（有未提交的修改）",
    ", content": "，内容",
    "packages unknown": "软件包未知",
    "accounting identities: not recorded": "核算恒等式：未记录",
    "accounting identities hold in every quarter; largest residual {size}": "核算恒等式在每个季度都成立；最大残差 {size}",
    "seed": "文章",
    "law": "法律",
    "data": "数据",
    "literature": "文献",
    "assumption": "假设",
    "design": "设计",
}

FIGURES = {
    "quarter": "季度",
    "difference, {unit}": "差异，{unit}",
    "who is flagged, by true ability": "谁被认定（按真实能力）",
    "no flags recorded": "没有认定记录",
    "no pay recorded": "没有薪酬记录",
    "no flows recorded": "没有流动记录",
    "nobody moved in the window": "窗口内没有人员流动",
    "tenth of true ability in the ranking group (1: least able)": "排名组内真实能力十分位（1 为最低）",
    "% of the flags": "占认定的 %",
    "pay against true contribution": "薪酬与真实贡献",
    "tenth of true contribution (1: least)": "真实贡献十分位（1 为最低）",
    "pay, mean of people at work = 1": "薪酬（在岗人员均值 = 1）",
    " (baseline)": "（基线）",
    "means": "均值",
    "mean paired differences to the baseline": "与基线的平均配对差异",
    "; dotted lines mark the reform": "；点线为改革时点",
    "; dotted: the reform": "；点线为改革时点",
    "{count} a scenario under common random numbers, baseline {b}; simulated, assumed parameters": (
        "公共随机数下每个情景 {count}，基线为{b}；模拟结果，参数多为假设"
    ),
    "{count}, simulated, assumed parameters": "{count}，模拟结果，参数多为假设",
    "Lines: mean paired differences to the baseline; bands: their 95 % intervals{reform}. {basis}.": (
        "线：与基线的平均配对差异；带：95 % 区间{reform}。{basis}。"
    ),
    "Lines: means; bands: 95 % intervals{reform}. {basis}.": "线：均值；带：95 % 区间{reform}。{basis}。",
    (
        "Dots: mean paired differences to the baseline over {window}; bars: their 95 % intervals, often narrower "
        "than the dot; dashed: the baseline. {basis}."
    ): "点：{window}与基线的平均配对差异；横线：95 % 区间，常窄于点；虚线：基线。{basis}。",
    "Dots: mean flows per 100 people a year over {window}; bars: 95 % intervals of these levels. {basis}.": (
        "点：{window}每百人每年的平均流动；横线：该水平的 95 % 区间。{basis}。"
    ),
    (
        "Share of the flags since the reform that falls on each tenth of true ability within the ranking group; "
        "bands: 95 % intervals; dashed: a lottery. {basis}."
    ): "改革以来的认定落在排名组内各真实能力十分位上的比例；带：95 % 区间；虚线：抽签。{basis}。",
    (
        "Pay of the last quarter relative to the mean of people at work, by tenth of true contribution; bands: 95 % "
        "intervals. {basis}."
    ): "最后一季度薪酬与在岗人员均值之比，按真实贡献十分位；带：95 % 区间。{basis}。",
    (
        "Top: {top}{reform}. Below: share of the flags by tenth of true ability (dashed: a lottery), pay of the last "
        "quarter by tenth of true contribution, exits over {window}. Bands and bars: 95 % intervals. {basis}."
    ): (
        "上：{top}{reform}。下：按真实能力十分位的认定占比（虚线：抽签），按真实贡献十分位的最后一季度薪酬，{window}的离开。带与横线："
        "95 % 区间。{basis}。"
    ),
}

DECOMPOSITIONS = {
    "incentive": "激励",
    "selection": "筛选",
    "gaming": "虚报",
    "luck": "运气",
    "other": "其余",
    "total": "合计",
    " (sign uncertain)": "（方向不确定）",
    "What makes the difference between {a} and {b}": "{a}与{b}的差异由什么构成",
    (
        "In this simulation {label} under `{a}` differs from that under `{b}` by {size} ({span}, 95 % interval, "
        "{count}). It is made of {parts}."
    ): "在本模拟中，`{a}` 下的{label}与 `{b}` 下相差 {size}（{span}，95 % 区间，{count}），由以下部分构成：{parts}。",
    (
        "What {a} changes against the baseline {b}, part by part. Dots: means of {count} under common random "
        "numbers over {window}; bars: 95 % intervals. Simulated, assumed parameters{changed}."
    ): "{a}相对基线{b}的变化，逐部分列出。点：公共随机数下{window}{count}的均值；横线：95 % 区间。模拟结果，参数多为假设{changed}。",
    (
        "Work, reports and workforce were held as they were before the reform, under both regimes alike, in all eight "
        "combinations; a part is the mean over all orders of what letting it respond adds (its Shapley value). "
        "Luck was measured with work and reports held. The parts add up to the difference in every replication."
    ): (
        "在两种制度下同样地把工作、上报和人员固定在改革前的状态，共八种组合；每一部分是在所有次序上放开它所增加的平均值（沙普利值）。"
        "运气是在固定工作和上报的情况下测得的。在每次重复中，各部分之和等于总差异。"
    ),
    (
        "These are statements about a simulation, not about a place, and rest on {count}. Intervals measure the "
        "luck inside the simulation only. What several parts do together is shared among them evenly: another rule "
        "would share it otherwise. While work is held, whoever joins works at the baseline."
    ): (
        "以下陈述针对一个模拟，而不是某个地区，以{count}为基础。区间只度量模拟内部的运气。几个部分共同造成的变化在它们之间平均分摊："
        "换一种规则，分法就会不同。固定工作时，新加入者按基准努力工作。"
    ),
    "**incentive**: what people change in how hard they work, and whether they help or harm colleagues": (
        "**激励**：人们在努力程度以及帮助或拆台同事上的改变"
    ),
    (
        "**selection**: what it changes who comes, moves, stays and goes, beyond moving people by lot (vacancies and "
        "learning included)"
    ): "**筛选**：谁来、谁动、谁留、谁走的改变，超出抽签调整的部分（含空岗和学习）",
    "**gaming**: what people change in reporting better than they are": "**虚报**：人们在夸大上报上的改变",
    "**luck**: what a lottery in place of the triggers' choice would do (over the years it moves some more people)": (
        "**运气**：若以抽签代替触发条件的选择会带来的变化（多年累计调整的人略多）"
    ),
    "**other**: what differs while nothing of this responds (pay, structure, accounts)": (
        "**其余**：以上各项都不反应时仍有的差异（薪酬、结构、核算）"
    ),
    "seed {seed}, {count} of each of {runs} runs": "种子 {seed}，{runs} 个运行各 {count}",
    "What the parts mean": "各部分的含义",
    "All outcomes": "全部结果",
}

STORIES = {
    "The life of person {person}": "第 {person} 号人员的经历",
    (
        "Person {person} ({who}, rank {rank}, {place}, department {department}) is {age} years old with {service} "
        "years of service and true ability {ability} SD."
    ): "第 {person} 号人员（{who}，职级 {rank}，{place}，部门 {department}）{age} 岁，工龄 {service} 年，真实能力 {ability} 个标准差。",
    "It is the one, among those who are flagged, whose pay differs most between the regimes.": (
        "在被认定的人中，此人在两种制度下的薪酬相差最大。"
    ),
    "It is the one, among those who are promoted, whose pay differs most between the regimes.": (
        "在得到晋升的人中，此人在两种制度下的薪酬相差最大。"
    ),
    "It is the one, among those who are demoted, whose pay differs most between the regimes.": (
        "在被降级的人中，此人在两种制度下的薪酬相差最大。"
    ),
    "It is the one, among those who are reposted, whose pay differs most between the regimes.": (
        "在被调到其他岗位的人中，此人在两种制度下的薪酬相差最大。"
    ),
    "It is the one, among those who enter the reservoir, whose pay differs most between the regimes.": (
        "在进入蓄水池的人中，此人在两种制度下的薪酬相差最大。"
    ),
    "It is the one, among those who are caught gaming, whose pay differs most between the regimes.": (
        "在虚报被查出的人中，此人在两种制度下的薪酬相差最大。"
    ),
    "It is the one, among those who are dismissed, whose pay differs most between the regimes.": (
        "在被辞退的人中，此人在两种制度下的薪酬相差最大。"
    ),
    "It is the one, among those who are not given another contract, whose pay differs most between the regimes.": (
        "在没有续签合同的人中，此人在两种制度下的薪酬相差最大。"
    ),
    "It is the one, among those who resign, whose pay differs most between the regimes.": (
        "在辞职的人中，此人在两种制度下的薪酬相差最大。"
    ),
    "It is the one, among those who retire, whose pay differs most between the regimes.": (
        "在退休的人中，此人在两种制度下的薪酬相差最大。"
    ),
    "Nobody is flagged; it is the one whose pay differs most between the regimes.": (
        "没有人被认定；此人在两种制度下的薪酬相差最大。"
    ),
    (
        "Person {person} under {a} and under the baseline {b}, the same luck in one replication (n = 1, so no "
        "interval). Simulated, assumed parameters{changed}."
    ): "第 {person} 号人员在{a}和基线{b}下的经历，同一次重复、相同的运气（n = 1，故无区间）。模拟结果，参数多为假设{changed}。",
    "Under {name} nobody of this number is ever employed.": "在{name}下从未雇用过这个编号的人。",
    (
        "One simulated person in one replication: a story, no evidence, resting on {count}. The same person meets the "
        "same luck under both regimes; what colleagues and newcomers do may differ. Nobody in the simulation knows true "
        "ability."
    ): (
        "一次重复中的一个模拟人员：这是一个故事，不是证据，以{count}为基础。同一个人在两种制度下遇到相同的运气；同事和新人的行为可能不同。"
        "模拟中没有人知道真实能力。"
    ),
    "One simulated person in one replication: a story, no evidence.": "一次重复中的一个模拟人员：这是一个故事，不是证据。",
    "Quarter by quarter": "逐季经历",
    "In sum": "总计",
    "leader": "领导",
    "manager": "中层管理者",
    "staff": "一般人员",
    "nothing to tell": "无可述",
    "under both": "两种制度下",
    "is put on a contract": "转为聘用制",
    "takes rank {rank}, that of the post": "按岗位定为职级 {rank}",
    "sees the department merged into department {department}": "所在部门并入部门 {department}",
    "**is flagged: {trigger}**": "**被认定：{trigger}**",
    "is graded {grade}, ahead of {share} of the group": "考核等次{grade}，领先本组 {share}",
    "incompetent": "不称职",
    "basically competent": "基本称职",
    "competent": "称职",
    "excellent": "优秀",
    "not graded": "未定等次",
    "works harder (effort {value} SD)": "工作更努力（努力 {value} 个标准差）",
    "works less hard (effort {value} SD)": "工作努力下降（努力 {value} 个标准差）",
    "morale rises to {value}": "士气升至 {value}",
    "morale falls to {value}": "士气降至 {value}",
    "tries a risky project, which brings {gain} SD": "尝试有风险的项目，得 {gain} 个标准差",
    "declines a risky project": "放弃有风险的项目",
    "earned {paid} in the year (normal pay {normal})": "全年薪酬 {paid}（标准薪酬 {normal}）",
    "quarters employed": "在职季度数",
    "pay in all (mean annual pay)": "薪酬合计（平均年薪）",
    "mean effort (ability SD)": "平均努力（能力标准差）",
    "mean true contribution (ability SD)": "平均真实贡献（能力标准差）",
    "mean score (ability SD)": "平均得分（能力标准差）",
    "quarters in the reservoir": "蓄水池中的季度数",
    "last rank": "最后职级",
    "how it ends": "结局",
    "still employed": "仍在职",
    "never employed": "从未在职",
    "true ability": "真实能力",
    "quarterly score": "季度得分",
    "pay of the quarter": "季度薪酬",
    "mean annual pay, yearly rate": "平均年薪（折年率）",
    "rank": "职级",
    "No font of this machine has {characters}: a box stands for each.": "本机没有任何字体包含 {characters}，图中以方框代替。",
}
