#include "mint/snp/scene.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <tuple>

#include "base/encoding.h"

namespace tee::mint::snp {

namespace {

using Guid = std::array<std::uint8_t, 16>;

// GHCB 56421; bytes in the order of the text.
Guid guid_of(TableGuid guid) {
  const auto read = [](std::string_view text) {
    Guid out{};
    const Bytes bytes = from_hex(text).value_or(Bytes(16));
    std::copy_n(bytes.begin(), 16, out.begin());
    return out;
  };
  switch (guid) {
    case TableGuid::vcek: return read("63da758de6644564adc5f4b93be8accd");
    case TableGuid::vlek: return read("a8074bc2a25a483eaae639c045a0b8a1");
    case TableGuid::ask: return read("4ab7b379bbac4fe4a02f05aef327c782");
    case TableGuid::ark: return read("c0b406a4a803495297433fb6014cd0ae");
    case TableGuid::crl: return read("92f81bc358114d3d97ffd19f88dc67ea");
    case TableGuid::unknown: break;
  }
  return read("ecae0c0f950243b1afa20ae2e0d565b6");
}

Result<Bytes> make_report(const Row& row, const Scene& scene) {
  Bytes body = encode_signed_part(scene.report);
  if (row.signed_part) row.signed_part(body);
  TEE_TRY(Bytes report, sign_report(body, scene.vek_key));
  if (row.bytes) row.bytes(report);
  return report;
}

Result<Made> make_bytes(const Row& row) {
  Made out{usual_scene(row.line, row.version, row.kind), {}, {}, {}, {}};
  if (row.scene) row.scene(out.scene);
  const Scene& s = out.scene;
  TEE_TRY(out.report, make_report(row, s));
  TEE_TRY(out.vek, issue(s.vek, s.vek_signer));
  TEE_TRY(out.intermediate, issue(s.intermediate, s.intermediate_signer));
  TEE_TRY(out.ark, issue(s.ark, s.ark_signer));
  return out;
}

// Most rows leave the scene as it is; its certificates are made once.
Result<Made> usual_made(Line line, std::uint32_t version, Kind kind) {
  static std::mutex mutex;
  static std::map<std::tuple<Line, std::uint32_t, Kind>, Made> kept;
  const std::lock_guard lock(mutex);
  const auto key = std::tuple(line, version, kind);
  if (const auto it = kept.find(key); it != kept.end()) return it->second;
  Row row;
  row.line = line;
  row.version = version;
  row.kind = kind;
  TEE_TRY(Made made, make_bytes(row));
  return kept.emplace(key, std::move(made)).first->second;
}

}  // namespace

Scene usual_scene(Line line, std::uint32_t version, Kind kind) {
  Scene out;
  out.line = line;
  out.kind = kind;
  out.report = usual_report(line, version, kind);
  const Ca issuer = kind == Kind::vcek ? Ca::ask : Ca::asvk;
  out.vek = vek_spec(line, kind, out.report, out.vek_key.public_key());
  out.intermediate = ca_spec(line, issuer);
  out.ark = ca_spec(line, Ca::ark);
  out.vek_signer = ca_key(issuer);
  return out;
}

Result<Bytes> issue(const CertificateSpec& spec, const crypto::PrivateKey& signer) {
  return make_certificate(spec, signer);
}

Result<Made> make_scene(const Row& row) {
  if (row.scene) return make_bytes(row);
  TEE_TRY(Made made, usual_made(row.line, row.version, row.kind));
  if (row.signed_part || row.bytes) {
    TEE_TRY(made.report, make_report(row, made.scene));
  }
  return made;
}

Result<Case> make_case(const Row& row) {
  TEE_TRY(const Made made, make_scene(row));
  Case out;
  out.name = row.name;
  out.evidence = {"report.bin", made.report};
  out.collateral = {{made.scene.kind == Kind::vcek ? "vcek.der" : "vlek.der", made.vek},
                    {"intermediate.der", made.intermediate}};
  out.anchors = {{"device", {"ark.der", made.ark}}};
  out.at = kNow;
  out.exit = row.exit;
  out.code = row.code;
  if (row.exit == 0)
    pin_all(made, out);
  else
    out.flags = {"--genuine-only"};
  if (row.ask) {
    TEE_CHECK(row.ask(made, out));
  }
  return out;
}

void set_u32(Bytes& bytes, std::size_t at, std::uint32_t value) {
  for (std::size_t i = 0; i < 4; ++i) bytes.at(at + i) = static_cast<std::uint8_t>(value >> (8 * i));
}

void pin_all(const Made& made, Case& c) {
  c.flags = {"--report-data", hex(made.scene.report.report_data), "--expect",
             "measurement=" + hex(made.scene.report.measurement)};
}

Result<Bytes> other_vek(const Made& made, const ReportSpec& report, const std::string& key) {
  const Scene& s = made.scene;
  return issue(vek_spec(s.line, s.kind, report, named_key(key).public_key()),
               ca_key(s.kind == Kind::vcek ? Ca::ask : Ca::asvk));
}

Status add_crl(Case& c, const std::string& name, const CrlSpec& spec, const crypto::PrivateKey& signer) {
  TEE_TRY(Bytes crl, make_crl(spec, signer));
  c.collateral.push_back({name, std::move(crl)});
  return {};
}

Bytes encode_table(const std::vector<TableEntry>& entries) {
  Writer header, body;
  const std::size_t start = (entries.size() + 1) * 24;
  for (const TableEntry& e : entries) {
    header.bytes(guid_of(e.guid));
    header.u32le(static_cast<std::uint32_t>(start + body.size()))
        .u32le(static_cast<std::uint32_t>(e.content.size()));
    body.bytes(e.content);
  }
  header.zeros(24);
  Bytes out = std::move(header).take();
  append(out, body.view());
  return out;
}

}  // namespace tee::mint::snp
