"""The field's terms: regimes, scenarios and their questions. Those of outcomes stand in their table."""

REGIMES = {
    "ranks": "职级",
    "contributions": "贡献",
    "salaries": "薪级",
    "appointment": "聘用",
    "appraisal": "考核",
    "adjustment": "末位调整",
    "floating pay": "浮动薪酬",
    "trigger": "触发条件",
    "fixed": "固定",
    "dynamic": "动态",
    "open": "开放",
    "ranked postings": "按排名选岗",
    "flat": "不分级",
    "ladder": "职级阶梯",
    "reputation": "按声誉晋升",
    "annual targets": "年度目标",
    "none": "无",
    "equal": "均等",
    "national scale": "全国工资标准",
    "post and rank": "岗位职级工资",
    "contract": "合同聘用",
    "established": "编制",
    "four grades": "四个等次",
    "absolute standard": "绝对标准",
    "forced distribution": "强制分布",
    "triggers": "触发条件",
    "three part": "三部分浮动",
    "last in department": "部门末位",
    "incompetent grade": "考核不称职",
    "last in municipality": "全市末位",
    "lost competition": "竞争落败",
    "competence test": "能力测试",
    "failed vote": "测评不过",
    "refused reposting": "拒绝调岗",
    "managers at the back": "管理者排名靠后",
    "bottom managers": "管理者后段",
    "bottom of organisation": "单位后段",
    "bottom": "后段",
    "incompetent": "不称职",
    "incompetent twice": "两年不称职",
    "last": "末位",
    "second time": "第二次",
}

SCENARIOS = {
    "civil service": "传统公务员制",
    "contract only": "仅聘用制",
    "forced ranking": "强制排名",
    "floating pay only": "仅浮动薪酬",
    "placebo lottery": "抽签对照",
    "four systems": "四定四制",
    "absolute standard": "绝对标准",
    "fair ranking": "公平排名",
    "two strikes": "两次末位",
    "postings by rank": "按排名选岗",
    "shandong zones": "山东开发区",
    "binhai body": "滨海法定机构",
    "dalian jinpu": "大连金普",
    "jinan high tech": "济南高新区",
    "pre reform": "改革前",
    "structure only": "仅结构改革",
    "full reform": "全面改革",
    "from roster": "名册建模",
    "unreformed {name}": "{name}之前",
    "fengdong": "沣东",
    "fengxi": "沣西",
    "qinhan": "秦汉",
    "airport": "空港",
    "jinghe": "泾河",
    "area level": "新区一级",
}

QUESTIONS = {
    "What remains of the four systems when people are held to a standard instead of ranked?": (
        "如果按标准衡量而不是排名，四定四制还剩下什么？"
    ),
    "What changes when everybody has to compete for the own post once, and then serves three-year contracts?": (
        "人人先竞聘本岗一次、再按三年合同任职，会改变什么？"
    ),
    "What does the new area deliver under traditional civil-service rules, and at what cost?": (
        "在传统公务员制度下，新区能完成多少工作，代价如何？"
    ),
    "What do fixed-term contracts alone change, compared with the traditional civil service?": (
        "与传统公务员制相比，仅实行聘期合同会改变什么？"
    ),
    "What does removing two to five in a hundred every year change?": "每年淘汰百分之二到五会改变什么？",
    "What changes when as many are flagged, but by a pooled, adjusted and averaged score?": (
        "认定同样多的人，但依据合并、调整并多年平均的得分，会改变什么？"
    ),
    "What does floating pay alone change, compared with the traditional civil service?": (
        "与传统公务员制相比，仅实行浮动薪酬会改变什么？"
    ),
    "What does forced ranking with yearly removal of the last tenth change, compared with the civil service?": (
        "与公务员制相比，强制排名并每年淘汰末位十分之一会改变什么？"
    ),
    'Do the "four fixes, four systems" raise what is truly delivered, or only what is reported, and at what cost?': (
        "四定四制提高的是真正完成的工作，还是只是上报的结果？代价如何？"
    ),
    'What would the "four fixes, four systems" do to the people of this roster?': "四定四制会给这份名册上的人带来什么？",
    "What does the whole reform change, structure and personnel rules together?": "结构与人事规则合在一起，全面改革会改变什么？",
    "What does a forced bottom change of which few are removed?": "强制划出末位但很少真正淘汰，会改变什么？",
    "How much of the full regime's effect remains when a lottery draws the flagged people?": (
        "如果由抽签决定被认定的人，全套制度的效应还剩多少？"
    ),
    "What does choosing posts in the order of results change, without any removal and any bonus?": (
        "不淘汰也不发奖金，只按成绩顺序选岗，会改变什么？"
    ),
    "What would the new area deliver if neither its structure nor its personnel rules had changed?": (
        "如果结构和人事规则都没有改变，新区能完成多少工作？"
    ),
    "What does the regime of the Shandong zones change, compared with the civil service?": (
        "与公务员制相比，山东开发区的制度会改变什么？"
    ),
    "What does the structural reform change by itself, before any personnel rule changes?": (
        "在人事规则改变之前，结构改革本身会改变什么？"
    ),
    "What does forced ranking change if one may be in the bottom tenth once?": "如果允许一次落入末位十分之一，强制排名会改变什么？",
}
