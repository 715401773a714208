// The row of this room in the table of detectors. Floor F3.
#pragma once

#include "evidence/detector.h"

namespace tee::tpm {

Detector detector();

}  // namespace tee::tpm
