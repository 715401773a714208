// The AMD certificate table: what a host hands to the guest together with an extended report.
//
// Layout: entries of 24 bytes {GUID, u32le offset, u32le length}, ended by an entry of zeros; offsets count
// from the start of the table (GHCB 56421, section 4.1.8.1). GUIDs stand in the byte order of their text.
// Entries hold DER or PEM.
#include <algorithm>
#include <array>
#include <vector>

#include "base/encoding.h"
#include "codec/pem.h"
#include "evidence/collateral_reader.h"

namespace tee::collateral {

namespace {

constexpr std::size_t kEntry = 24, kMostBytes = 64u << 10;
using Guid = std::array<std::uint8_t, 16>;

constexpr Guid kKnown[] = {
    {0x63, 0xda, 0x75, 0x8d, 0xe6, 0x64, 0x45, 0x64, 0xad, 0xc5, 0xf4, 0xb9, 0x3b, 0xe8, 0xac, 0xcd},  // VCEK
    {0xa8, 0x07, 0x4b, 0xc2, 0xa2, 0x5a, 0x48, 0x3e, 0xaa, 0xe6, 0x39, 0xc0, 0x45, 0xa0, 0xb8, 0xa1},  // VLEK
    {0x4a, 0xb7, 0xb3, 0x79, 0xbb, 0xac, 0x4f, 0xe4, 0xa0, 0x2f, 0x05, 0xae, 0xf3, 0x27, 0xc7,
     0x82},  // ASK or ASVK
    {0xc0, 0xb4, 0x06, 0xa4, 0xa8, 0x03, 0x49, 0x52, 0x97, 0x43, 0x3f, 0xb6, 0x01, 0x4c, 0xd0, 0xae},  // ARK
    {0x92, 0xf8, 0x1b, 0xc3, 0x58, 0x11, 0x4d, 0x3d, 0x97, 0xff, 0xd1, 0x9f, 0x88, 0xdc, 0x67, 0xea},  // CRL
};

bool known(const Guid& guid) {
  return std::find(std::begin(kKnown), std::end(kKnown), guid) != std::end(kKnown);
}

struct Entry {
  Guid guid{};
  std::uint64_t offset = 0, length = 0;
  bool end() const { return all_zero(guid) && offset == 0 && length == 0; }
};

Result<std::vector<Entry>> read_entries(const Sink& sink, ByteView table) {
  std::vector<Entry> out;
  Cursor in(table);
  for (;;) {
    Entry e;
    e.guid = in.array<16>();
    e.offset = in.u32le();
    e.length = in.u32le();
    if (!in.ok()) return malformed(sink, "the certificate table has no end entry");
    if (e.end()) break;
    out.push_back(e);
  }
  const std::uint64_t header = (out.size() + 1) * kEntry;
  for (const Entry& e : out) {
    if (e.offset < header || e.offset + e.length > table.size())
      return malformed(sink, "an entry of the certificate table points outside the table");
    const auto same = [&](const Entry& other) { return other.guid == e.guid; };
    if (known(e.guid) && std::count_if(out.begin(), out.end(), same) > 1)
      return malformed(sink, "the certificate table names one kind of certificate twice");
  }
  return out;
}

// One document an entry, DER or PEM, and nothing beside it.
Status read_entry(Sink& sink, ByteView content) {
  if (!pem::looks_like_pem(as_text(content))) return read_der(sink, content);
  TEE_TRY(const std::vector<pem::Block> blocks, pem::parse(as_text(content), pem::Junk::refuse));
  if (blocks.size() != 1) return malformed(sink, std::to_string(blocks.size()) + " documents in one entry");
  return read_pem(sink, as_text(content));
}

}  // namespace

bool looks_like_table(ByteView bytes) {
  if (bytes.size() < 2 * kEntry) return false;
  Guid first{};
  std::copy_n(bytes.begin(), first.size(), first.begin());
  return known(first);
}

Status read_table(Sink& sink, ByteView table) {
  if (table.size() > kMostBytes) return malformed(sink, "a certificate table of more than 64 KiB");
  TEE_TRY(const std::vector<Entry> entries, read_entries(sink, table));
  for (const Entry& e : entries) {
    if (!known(e.guid)) continue;
    const ByteView content =
        table.subspan(static_cast<std::size_t>(e.offset), static_cast<std::size_t>(e.length));
    Status read = read_entry(sink, content);
    if (!read) return malformed(sink, "certificate table: " + read.error().message);
  }
  return {};
}

}  // namespace tee::collateral
