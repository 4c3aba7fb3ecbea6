import { fleet as playersFleet } from "#lab/player/fleet.ts";
import type { Inventory } from "#lib/domain/inventory.ts";
import type { Shape } from "./past-runs.ts";
import type { Random } from "./random.ts";

/** Two regions of one deployment, and how its nodes are called. */
interface Places {
  regions: readonly [string, string];
  nodes: readonly [string, string];
}

const cities = [
  ["Hangzhou", "cn-hangzhou", "hz"],
  ["Heilongjiang", "cn-heilongjiang", "hlj"],
  ["Shanghai", "cn-shanghai", "sh"],
  ["Beijing", "cn-beijing", "bj"],
  ["Shenzhen", "cn-shenzhen", "sz"],
  ["Chengdu", "cn-chengdu", "cd"],
  ["Guangzhou", "cn-guangzhou", "gz"],
  ["Nanjing", "cn-nanjing", "nj"],
  ["Qingdao", "cn-qingdao", "qd"],
  ["Hong Kong", "cn-hongkong", "hk"],
  ["Frankfurt", "eu-central-1", "fra"],
  ["Singapore", "ap-southeast-1", "sin"],
] as const;

const uses = [
  ...["payments", "settlement", "cards", "loans", "risk", "ledger", "clearing", "treasury"],
  ...["deposits", "insurance", "wealth", "reporting", "archive", "CRM", "mobile", "fraud"],
];
const usesInChinese = ["支付", "清算", "信用卡", "信贷", "风控", "总账", "理财", "报表"];
const citiesInChinese = ["杭州", "上海", "北京", "深圳", "成都", "广州", "南京", "青岛"];

export interface NamedFleet {
  name: string;
  shape: Shape;
  places: Places;
}

/** The shapes that are played, and how often a deployment has each. */
const shapes: readonly (readonly [number, Shape])[] = [
  [24, { nodes: 1, names: "short" }],
  [26, { nodes: 2, names: "short" }],
  [30, { nodes: 4, names: "short" }],
  [9, { nodes: 8, names: "short" }],
  [9, { nodes: 4, names: "chinese" }],
  [2, { nodes: 4, names: "long" }],
];

export const hugeShape: Shape = { nodes: 200, names: "short" };

/** Deployments of a bank with several cities, the first of them very large. */
export function fleetsOf(random: Random, count: number): NamedFleet[] {
  const taken = new Set<string>();
  return Array.from({ length: count }, (_, index) => {
    const shape = index === 0 ? hugeShape : random.weighted(shapes);
    const first = random.pick(cities);
    const second = random.pick(cities.filter((city) => city !== first));
    const wanted = nameOf(random, shape, first[0]);
    const name = free(wanted, taken);
    taken.add(name);
    return {
      ...{ name, shape },
      places: {
        regions: [first[1], second[1]],
        nodes: [first[2], second[2]],
      },
    };
  });
}

function nameOf(random: Random, { names }: Shape, city: string): string {
  if (names === "chinese") {
    return `${random.pick(citiesInChinese)}${random.pick(usesInChinese)}数据迁移服务`;
  }
  const use = random.pick(uses);
  if (names === "short") return `OMS ${city} ${use}`;
  return `OMS ${city} ${use}, production of the settlement department, site 2`;
}

function free(wanted: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? wanted : `${wanted} ${number}`;
    if (!taken.has(name)) return name;
  }
}

/** The deployment that the player has of this shape, under this one's names. */
export function inventoryOf(fleet: NamedFleet): Inventory {
  const stencil = playersFleet({ ...fleet.shape, about: "" });
  const words = new Map(wordsOf(fleet));
  const region = (name: string) => words.get(name) ?? name;
  const node = (name: string) => name.replace(/^[a-z]+(?=-\d+$)/, region);
  return {
    ...{ ...stencil, name: fleet.name },
    regions: stencil.regions.map((one) => ({
      ...{ ...one, name: region(one.name) },
      nodes: one.nodes.map((each) => ({ ...each, name: node(each.name) })),
    })),
  };
}

/** What stands for the words of a stencil's places; nothing where they are part of longer names. */
export function wordsOf({ places, shape }: NamedFleet): [string, string][] {
  if (shape.names !== "short") return [];
  return [
    ["cn-hangzhou", places.regions[0]],
    ["cn-heilongjiang", places.regions[1]],
    ["hz", places.nodes[0]],
    ["hlj", places.nodes[1]],
  ];
}
