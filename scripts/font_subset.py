"""Cut the packaged Chinese font out of a full Noto Sans CJK (SIL Open Font License 1.1; see sim/lab/language/fonts).

    python scripts/font_subset.py NotoSansCJK-Regular.ttc

Keeps the 6,763 characters of GB 2312, those of Xi'an's districts, streets and towns, and rivers, what the catalogue of
Chinese texts uses besides, Latin letters, figures and signs. The family is renamed, so that it is never taken for the
full font. On Debian and Ubuntu the full font is in the package fonts-noto-cjk.
"""

import sys

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, TTFont

from sim.lab.language.catalogue import catalogue_files
from sim.lab.language.language import CHINESE_FAMILY, CHINESE_FONT

FAMILY_OF_SIMPLIFIED_CHINESE = "Noto Sans CJK SC"
SIGNS = (
    "–—−‘’“”…·×÷±≥≤≈→←↑↓°µ€" + "".join(map(chr, range(0x20, 0x7F))) + "".join(map(chr, range(0xA0, 0x100)))
)
GREEK = "".join(map(chr, range(0x391, 0x3CA)))
FULL_WIDTH = "，。、；：？！（）《》「」【】％"
PLACES = """
新城 碑林 莲湖 灞桥 未央 雁塔 阎良 临潼 长安 高陵 鄠邑 蓝田 周至 盩厔 西咸 沣东 沣西 秦汉 空港 泾河 浐灞 曲江
西一路 长乐 中山门 解放门 自强路 太华路 胡家庙 韩森寨 南院门 柏树林 长安路 东关南街 太乙路 文艺路 张家村 青年路
北院门 北关 红庙坡 环城西路 土门 桃园路 枣园 纺织城 十里铺 红旗 席王 洪庆 狄寨 新筑 新合 谭家 草滩 六村堡 未央宫
汉城 张家堡 徐家湾 大明宫 辛家庙 三桥 建章路 未央湖 小寨路 大雁塔 长延堡 电子城 等驾坡 鱼化寨 丈八沟 凤凰路
新华路 振兴 新兴 北屯 武屯 关山 骊山 秦陵 新丰 代王 斜口 行者 零口 雨金 栎阳 相桥 徐杨 西泉 新市 北田 油槐 何寨
铁炉 任留 马额 穆寨 土桥 仁宗 小金 韦曲 郭杜 滦镇 引镇 王寺 斗门 细柳 马王 太乙宫 东大 子午 黄良 兴隆 大兆 鸣犊
杜曲 王曲 王莽 杨庄 炮里 砲里 魏寨 灵沼 五星 高桥 鹿苑 泾渭 崇皇 姬家 通远 耿镇 张卜 药惠 榆楚 湾子 甘亭 余下
祖庵 秦渡 涝店 甘河 石井 蒋村 庞光 草堂 五竹 大王 渭丰 玉蝉 蓝关 洩湖 泄湖 华胥 前卫 汤峪 焦岱 玉山 三里 普化
葛牌 辋川 灞源 孟村 安村 小寨 三官庙 厚镇 九间房 金山 史家寨 二曲 哑柏 终南 楼观 尚村 马召 集贤 广济 青化 竹峪
翠峰 富仁 司竹 九峰 四屯 板房子 王家河 骆峪 厚畛子 陈河 上林 钓台 渭城 窑店 正阳 周陵 北杜 底张 太平 永乐 崇文
高庄 泾干 昆明池 镐京 潏河 滈河 涝河 皂河 浐河 洨河 沋河 㶚
"""
"""Xi'an's districts and counties, those of Xixian, their streets and towns, and rivers that places are named after."""


def standard() -> str:
    """The characters of GB 2312: rows 16 to 87."""
    pairs = (bytes((row + 0xA0, cell + 0xA0)) for row in range(16, 88) for cell in range(1, 95))
    return "".join(pair.decode("gb2312", errors="ignore") for pair in pairs)


def face(path: str) -> TTFont:
    """The simplified Chinese face of a collection."""
    return next(
        font
        for font in TTCollection(path).fonts
        if font["name"].getDebugName(1) == FAMILY_OF_SIMPLIFIED_CHINESE
    )


def rename(font: TTFont) -> None:
    """Give the font its own name; keep copyright and licence."""
    names = {
        1: CHINESE_FAMILY,
        3: f"{CHINESE_FAMILY} subset",
        4: CHINESE_FAMILY,
        6: CHINESE_FAMILY.replace(" ", ""),
    }
    for record in font["name"].names:
        if record.nameID in names:
            record.string = names[record.nameID]
    font["name"].names = [
        record for record in font["name"].names if record.nameID in (0, 1, 2, 3, 4, 5, 6, 13, 14)
    ]
    if "CFF " in font:
        top = font["CFF "].cff
        top.fontNames = [CHINESE_FAMILY.replace(" ", "")]
        top.topDictIndex[0].FullName = top.topDictIndex[0].FamilyName = CHINESE_FAMILY


def main() -> None:
    """Write the subset."""
    font = face(sys.argv[1])
    options = Options(
        desubroutinize=False, hinting=False, layout_features=[], name_IDs=["*"], notdef_outline=True
    )
    options.drop_tables += ["BASE", "VORG", "vhea", "vmtx"]  # for vertical lines
    subsetter = Subsetter(options)
    catalogue = catalogue_files()["zh"].read_text(encoding="utf-8")
    subsetter.populate(text="".join([standard(), PLACES, catalogue, SIGNS, GREEK, FULL_WIDTH]))
    subsetter.subset(font)
    rename(font)
    font.save(CHINESE_FONT)
    print(
        f"{CHINESE_FONT.name}: {CHINESE_FONT.stat().st_size / 1e6:.2f} MB, {len(font.getGlyphOrder())} glyphs"
    )


if __name__ == "__main__":
    main()
