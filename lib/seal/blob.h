// The versioned container of tee-seal: a header that can be read without a key, then a stream. Floor F4.
//
//   0   8    "tee-seal"
//   8   1    version, 1
//   9   1    kind: 1 sealed to a root of this machine, 2 sealed to an attested key
//   10  4    u32be length of the header, at most 65536
//   14  n    header: one JSON object, compact, keys sorted
//   14+n 32  HMAC-SHA256 under HKDF(file key, "tee-seal-1 header") over everything before
//   …        stream (seal/stream.h) under HKDF(file key, "tee-seal-1 payload" ‖ SHA-256 of everything before the HMAC)
//
// The file key is random, 32 bytes, new for each blob. How it is wrapped is said in the header and differs by kind. The HMAC binds
// the header to the file key, so no header can be exchanged, and no blob opens under two keys.
#pragma once

#include "codec/json.h"
#include "seal/stream.h"

namespace tee::seal {

enum class Kind : std::uint8_t { machine = 1, exchange = 2 };

struct BlobHeader {
  Kind kind = Kind::machine;
  Json header;
  Bytes exact;                            // everything before the HMAC
  std::array<std::uint8_t, 32> mac{};
};

inline constexpr std::string_view kMagic = "tee-seal";
inline constexpr std::size_t kLongestHeader = 65536;

bool looks_like_blob(ByteView start);
// seal.malformed. Takes the header off the feed; nothing of it is believed yet.
Result<BlobHeader> read_header(Feed& from);

// Header and stream out. `aead` of the stream.
Result<std::uint64_t> write_blob(Kind kind, const Json& header, ByteView file_key, crypto::Aead aead, Feed& plain, const Sink& out);
// Header's HMAC (seal.header_changed), then the stream.
Status check_header(const BlobHeader& blob, ByteView file_key);
Result<std::uint64_t> read_blob(const BlobHeader& blob, ByteView file_key, crypto::Aead aead, Feed& sealed, const Sink& out);

// A member of a header: hex of exactly that many bytes, or text; seal.malformed naming it.
Result<Bytes> header_bytes(const Json& header, std::string_view name, std::size_t size);
Result<std::string> header_text(const Json& header, std::string_view name);

}  // namespace tee::seal
