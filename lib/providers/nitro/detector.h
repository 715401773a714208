// The row of this room in the table of detectors. Floor F3.
#pragma once

#include "evidence/detector.h"

namespace tee::nitro {

Detector detector();

}  // namespace tee::nitro
