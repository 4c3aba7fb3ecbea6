import type { runbook as en } from "../en/runbook.ts";

export const runbook: Record<keyof typeof en, string> = {
  dryRun: "{name} {from} 备份演练",
  upgrade: "将 {name} 从 {from} 升级到 {to}",
  rollBack: "将 {name} 从 {to} 回滚到 {from}",
  plan: "计划 {plan}，SHA-256 {hash}。",
  mind: "注意：",
  howToRead:
    "请以 root 身份在命令上方所示节点上执行命令。`sql` 在 MetaDB 上执行，经该节点连接；`?` 表示执行前刚读到的值。\n此处不含任何密码：工具从标准输入读取密码（`--defaults-extra-file=/dev/stdin`）。前置步骤全部完成后，该步骤才会开始。",
  loginFiles:
    "`/dev/fd/7` 表示 CA 证书（未启用 TLS 时为服务器公钥），`/dev/fd/8` 表示客户端证书及其私钥；二者随部署一并保存。",
  node: "节点",
  address: "地址",
  region: "地域",
  server: "数据库服务器",
  user: "用户",
  tlsMode: "TLS 模式",
  atOnce: "以下 {steps} 个步骤并行执行：",
  changes: "改动：{changes}",
  undo: "回滚方式：{undo}",
  after: "前置步骤：",
  meanwhile: "等待期间：{meanwhile}",
  lookCloser: "超过 {minutes} 分钟请关注",
  onNode: "在 {node} 上：",
  onMetadb: "在 MetaDB 上（经 {node}）：",
  fromNode: "从 {node}：",
};
