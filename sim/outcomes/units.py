"""The units that outcomes are told in, and what they are."""

from typing import NamedTuple

from sim.outcomes.outcome import PER_PEOPLE, Text


class Unit(NamedTuple):
    """A unit.

    Attributes:
        names: in both languages.
        defined: what one of it is.
        zero: whether 0 of it is nothing, so that a change in per cent means something.
    """

    names: Text
    defined: Text
    zero: bool = False

    @property
    def texts(self) -> list[Text]:
        """Name and definition, in both languages."""
        return [self.names, self.defined]


def _unit(
    name: str, chinese: str, meaning: str, meaning_in_chinese: str, zero: bool = False
) -> tuple[str, Unit]:
    return name, Unit(Text(name, chinese), Text(meaning, meaning_in_chinese), zero)


# fmt: off
UNITS: dict[str, Unit] = dict((
    _unit("people", "人", "persons, at the end of the quarter", "季度末的人数", zero=True),
    _unit(PER_PEOPLE, "每百人每年", "how many in a year for every 100 people employed; the quarter's number over the "
          "people employed at its end", "每百名在职人员一年中的数量；以季度末在职人数计", zero=True),
    _unit("people's work", "人力", "1 is what one fully learnt person works in a quarter",
          "1 指一名已熟悉岗位的人一个季度的工作", zero=True),
    _unit("posts", "岗位", "posts, at the end of the quarter", "季度末的岗位数", zero=True),
    _unit("departments", "内设机构", "departments, at the end of the quarter", "季度末的内设机构数", zero=True),
    _unit("mean output", "平均产出", "1 is what somebody of an applicant's mean ability delivers in a quarter, working "
          "as usual and fully learnt",
          "1 指一名能力为应聘者均值、照常工作且已熟悉岗位的人一个季度完成的工作", zero=True),
    _unit("ability SD", "能力标准差", "1 is the standard deviation of latent ability among applicants, 0 their mean; "
          "effort, scores and contributions are measured on the same scale",
          "1 指应聘者潜在能力的标准差，0 指其均值；努力、得分和贡献用同一尺度"),
    _unit("morale points", "士气点", "0 at founding; pay that doubles against what one is used to adds "
          "behaviour.morale.sensitivity, and a point lost adds behaviour.quits.morale to the log-odds of resigning "
          "in a year",
          "初始为 0；薪酬比习惯的翻一番增加 behaviour.morale.sensitivity 点，每失去一点，一年内辞职的对数几率"
          "增加 behaviour.quits.morale"),
    _unit("mean annual pay", "平均年薪", "1 is the mean pay of a year at founding", "1 指初始时的平均年薪", zero=True),
    _unit("mean annual pay a quarter", "平均年薪／季度", "sum of the quarter; 1 is the mean pay of a year at founding",
          "本季度合计；1 指初始时的平均年薪", zero=True),
    _unit("mean annual pay per mean output", "平均年薪／平均产出",
          "mean pays of a year at founding for what one person of an applicant's mean ability delivers in "
          "a quarter; a quarter's pay is about .25",
          "每完成能力为应聘者均值者一个季度的工作所花的初始平均年薪；一个季度的薪酬约为 .25", zero=True),
    _unit("share", "比例", "between 0 and 1", "介于 0 和 1 之间", zero=True),
    _unit("load", "工作量比", "1 is what people of mean ability, working as usual, can just do in a quarter",
          "1 指能力为均值、照常工作的在岗人员一个季度恰好能完成的工作量", zero=True),
    _unit("correlation", "相关系数", "between −1 and 1", "介于 −1 和 1 之间"),
    _unit("quarters", "季度", "three months each", "每季度三个月", zero=True),
    _unit("operators a quarter", "个／季度", "operators of parks", "园区运营方", zero=True),
    _unit("index", "指数", "behaviour.service.extraction times what a score one SD better is worth in mean annual pay",
          "behaviour.service.extraction 乘以得分高一个标准差所值的平均年薪"),
    _unit("rate a year", "年率", "share by which the economy grows in a year", "经济一年增长的比例"),
    _unit("rank", "名次", "places; 1 is the best", "名次；1 为最好"),
))
# fmt: on


def definition(unit: str) -> str:
    """What one of a unit is, in English; "" for an unknown one."""
    return UNITS[unit].defined.english if unit in UNITS else ""
